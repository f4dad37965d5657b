package io.spanlake.blobstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BlocksTest {
    @Property
    void blocksAreOfOneSizeAndHoldAllBytesInOrder(
            @ForAll @Size(max = 20) List<@Size(max = 50) byte[]> parts,
            @ForAll @IntRange(min = 1, max = 40) int blockBytes) {
        var blocks = Blocks.of(parts.stream().map(ByteSlice::of).toList(), blockBytes);

        assertThat(joined(blocks.stream().flatMap(List::stream).toList()))
                .isEqualTo(joined(parts.stream().map(ByteSlice::of).toList()));
        assertThat(blocks.stream().limit(Math.max(0, blocks.size() - 1)))
                .allMatch(block -> bytesOf(block) == blockBytes);
        assertThat(blocks).allMatch(block -> bytesOf(block) > 0 && bytesOf(block) <= blockBytes);
    }

    private static int bytesOf(List<ByteSlice> block) {
        return block.stream().mapToInt(ByteSlice::length).sum();
    }

    private static List<Byte> joined(List<ByteSlice> slices) {
        var bytes = new java.util.ArrayList<Byte>();
        for (var slice : slices) {
            for (int i = 0; i < slice.length(); i++) {
                bytes.add(slice.at(i));
            }
        }
        return bytes;
    }
}
