package io.spanlake.query.scan;

import io.spanlake.query.match.BytesTest;
import io.spanlake.query.tail.PickedRows.StateTest;
import io.spanlake.query.tail.PickedRows.States;
import io.spanlake.query.tail.StatePlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What is known of sections of the tail while rows of theirs are sifted. Thread-safe where it says so. */
final class LookedSections {
    private final List<BytesTest> items;
    private final Map<Integer, LookedSection> sections = new HashMap<>();
    private final Map<Object, LookedSection> byIdentity = new HashMap<>();

    LookedSections(List<BytesTest> items) {
        this.items = List.copyOf(items);
    }

    /** Before anything is asked. */
    void add(LookedSection section) {
        sections.put(section.number(), section);
        byIdentity.put(section.source().identity(), section);
    }

    /** Of what is in no section anything may be. */
    StateTest mayHave(BytesTest item) {
        int number = items.indexOf(item);
        return (source, block, index) -> {
            var section = sections.get(source);
            return section == null || section.mayHave(number, block, index);
        };
    }

    /** Whether it was known that the row satisfies the hint, or that it does not, before rows were sifted. Thread-safe. */
    boolean wasKnown(States row, boolean meeting) {
        return row.isOne()
                && row.any((source, block, index) -> {
                    var section = sections.get(source);
                    return section != null && section.wasKnown(block, index, meeting);
                });
    }

    /** Thread-safe. */
    synchronized void asked(StatePlace onlyState, boolean meets) {
        var section = byIdentity.get(onlyState.source().identity());
        if (section != null) {
            section.asked(onlyState.block(), onlyState.index(), meets);
        }
    }

    /** A block that is to be looked through, and for which of the items. */
    record Wanted(LookedSection section, int block, List<BytesTest> items) {}

    /** The blocks of these rows. */
    interface Blocks {
        void of(StateTest eye);
    }

    List<Wanted> wanted(Blocks blocks) {
        record Place(int source, int block) {}

        Set<Place> places = new LinkedHashSet<>();
        blocks.of((source, block, _) -> places.add(new Place(source, block)));
        var wanted = new ArrayList<Wanted>();
        for (var place : places) {
            var section = sections.get(place.source);
            if (section != null) {
                addMissing(section, place.block, wanted);
            }
        }
        return wanted;
    }

    private void addMissing(LookedSection section, int block, List<Wanted> wanted) {
        var missing = IntStream.range(0, items.size())
                .filter(item -> section.isToLookFor(item, block))
                .mapToObj(items::get)
                .toList();
        if (!missing.isEmpty()) {
            wanted.add(new Wanted(section, block, missing));
        }
    }

    /** @param having of each item that was looked for, the states of the block that may have it */
    void looked(Wanted block, List<int[]> having) {
        for (int i = 0; i < having.size(); i++) {
            block.section.looked(items.indexOf(block.items.get(i)), block.block, having.get(i));
        }
    }

    void learnItems() {
        sections.values().forEach(LookedSection::learnItems);
    }

    /** Thread-safe. */
    synchronized void learnAsked() {
        sections.values().forEach(LookedSection::learnAsked);
    }
}
