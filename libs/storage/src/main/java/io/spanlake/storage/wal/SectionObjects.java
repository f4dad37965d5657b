package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A section by object, in the order in which it is stored. */
final class SectionObjects {
    private SectionObjects() {}

    /** One object's: blocks as they came, then writes in {@link TraceOrder}. */
    record Content(List<PackedBlock> packed, List<Write> writes) {}

    static SortedMap<ObjectRef, Content> of(SectionWrites section) {
        var objects = new TreeMap<ObjectRef, Content>();
        TraceOrder.of(section.writes())
                .forEach((object, writes) -> objects.put(object, new Content(new ArrayList<>(), writes)));
        for (var block : section.packed()) {
            objects.computeIfAbsent(block.object(), _ -> new Content(new ArrayList<>(), List.of()))
                    .packed()
                    .add(block);
        }
        return objects;
    }
}
