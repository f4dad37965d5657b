package io.spanlake.query.scan;

import io.spanlake.model.ObjectRef;
import io.spanlake.query.match.BytesTest;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.scan.KnownStates.Known;
import io.spanlake.query.tail.SectionBlocks;
import io.spanlake.query.tail.Source;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What is known of the states that an object has in one section while rows of theirs are sifted, and what comes to be known. Not
 * thread-safe, but where it says so.
 */
final class LookedSection {
    private final ObjectRef object;
    private final Source source;
    private final int number;
    private final SectionBlocks blocks;
    private final KnownStates known;
    private final Item[] items;
    private final @Nullable Asked hint;

    /**
     * @param number by which rows name the source
     * @param hint   where it says all of a condition
     */
    LookedSection(
            ObjectRef object,
            Source source,
            int number,
            SectionBlocks blocks,
            List<BytesTest> items,
            Optional<Hint> hint,
            KnownStates known) {
        this.object = object;
        this.source = source;
        this.number = number;
        this.blocks = blocks;
        this.known = known;
        this.items = items.stream().map(Item::new).toArray(Item[]::new);
        this.hint = hint.map(Asked::new).orElse(null);
    }

    /** One question, as it was answered before and since. */
    private class Asked {
        private final Object question;
        /** Never changes. */
        private final Known before;

        private final Known since = new Known(new RoaringBitmap(), new RoaringBitmap());

        Asked(Object question) {
            this.question = question;
            this.before = known.get(object, source, question);
        }

        boolean isAsked(int number) {
            return before.asked().contains(number) || since.asked().contains(number);
        }

        boolean isYes(int ordinal) {
            return before.yes().contains(ordinal) || since.yes().contains(ordinal);
        }

        void add(int asked, RoaringBitmap yes) {
            since.asked().add(asked);
            since.yes().or(yes);
        }

        void learn() {
            if (!since.asked().isEmpty()) {
                known.learn(
                        object,
                        source,
                        question,
                        new Known(since.asked().clone(), since.yes().clone()));
            }
        }
    }

    private final class Item extends Asked {
        private final BytesTest test;
        /** Blocks of which the filter was asked, and of these those that may have it. */
        private final BitSet filtered = new BitSet();

        private final BitSet admitted = new BitSet();

        Item(BytesTest test) {
            super(test);
            this.test = test;
        }

        boolean mayHave(int block) {
            if (!filtered.get(block)) {
                filtered.set(block);
                admitted.set(block, blocks.mayHave(block, test.wholeWords()));
            }
            return admitted.get(block);
        }
    }

    Source source() {
        return source;
    }

    int number() {
        return number;
    }

    boolean mayHave(int item, int block, int index) {
        var asked = items[item];
        return asked.isAsked(block) ? asked.isYes(blocks.ordinal(block, index)) : asked.mayHave(block);
    }

    /** Whether the block is still to be looked through for the item. */
    boolean isToLookFor(int item, int block) {
        return !items[item].isAsked(block) && items[item].mayHave(block);
    }

    /** @param having its states that may have the item, by their place in it */
    void looked(int item, int block, int[] having) {
        var ordinals = new RoaringBitmap();
        for (int index : having) {
            ordinals.add(blocks.ordinal(block, index));
        }
        items[item].add(block, ordinals);
    }

    /**
     * Whether it was known, of a state that is a row by itself, that it satisfies the hint, or that it does not. What was learnt
     * since is of rows that nobody asks for again. Thread-safe.
     */
    boolean wasKnown(int block, int index, boolean meeting) {
        if (hint == null) {
            return false;
        }
        int ordinal = blocks.ordinal(block, index);
        var before = hint.before;
        return before.asked().contains(ordinal) && before.yes().contains(ordinal) == meeting;
    }

    void asked(int block, int index, boolean meets) {
        if (hint != null) {
            int ordinal = blocks.ordinal(block, index);
            hint.add(ordinal, meets ? RoaringBitmap.bitmapOf(ordinal) : new RoaringBitmap());
        }
    }

    /** Keeps for whoever asks next what was found in blocks. */
    void learnItems() {
        for (var item : items) {
            item.learn();
        }
    }

    /** And what rows said. */
    void learnAsked() {
        if (hint != null) {
            hint.learn();
        }
    }
}
