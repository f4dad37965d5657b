package io.spanlake.query.tail;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The blocks of a section, and which words they may have. Its states go by ordinal, over all blocks in their order. Thread-safe. */
public final class SectionBlocks {
    private static final int BLOCK_BYTES = 150;

    private final int[] ends;
    private final List<Predicate<String>> words;
    private final int bytes;

    /**
     * @param ends  of each block: the ordinal behind its last state
     * @param words of each block, whether it may have some words of ASCII
     * @param bytes of heap that the words take
     */
    SectionBlocks(int[] ends, List<Predicate<String>> words, long bytes) {
        this.ends = ends.clone();
        this.words = List.copyOf(words);
        this.bytes = (int) Math.min(Integer.MAX_VALUE, bytes + (long) BLOCK_BYTES * ends.length);
    }

    static SectionBlocks withoutFilters(int[] sizes) {
        return new SectionBlocks(ends(sizes), Collections.nCopies(sizes.length, _ -> true), 0);
    }

    static int[] ends(int[] sizes) {
        int[] ends = sizes.clone();
        Arrays.parallelPrefix(ends, Integer::sum);
        return ends;
    }

    int bytes() {
        return bytes;
    }

    public int ordinal(int block, int index) {
        return block == 0 ? index : ends[block - 1] + index;
    }

    /** @param wholeWords of ASCII, parted by spaces */
    public boolean mayHave(int block, String wholeWords) {
        return words.get(block).test(wholeWords);
    }
}
