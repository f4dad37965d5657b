package io.spanlake.catalog.processed;

import io.spanlake.catalog.JsonParameter;
import io.spanlake.model.ObjectRef;

/** Cuts as the one parameter of their statement. */
final class CutParameter {
    private CutParameter() {}

    private record NamedSection(String name, ProcessedSection section) {}

    static String of(Cuts cuts) {
        var sections = cuts.objects().stream()
                .flatMap(object -> object.sections().stream().map(section -> new NamedSection(object.name(), section)))
                .toList();
        return JsonParameter.of(json -> json.objects("ranges", cuts.ranges(), CutParameter::range)
                .objects("objects", cuts.objects(), CutParameter::object)
                .objects("sections", sections, CutParameter::section)
                .objects("unreadable", cuts.unreadable(), CutParameter::unreadable)
                .texts("closed", cuts.closedSegments()));
    }

    private static void range(JsonParameter json, CutRange range) {
        json.put("partition", range.partition())
                .put("incarnation", range.incarnation())
                .put("first_offset", range.first())
                .put("next_offset", range.next())
                .put("epoch", range.epoch())
                .put("sum_in", range.balance().in());
    }

    private static void object(JsonParameter json, ProcessedObject object) {
        ProcessedJson.object(json, object);
    }

    private static void section(JsonParameter json, NamedSection named) {
        json.put("name", named.name());
        ProcessedJson.section(json, named.section());
    }

    private static void unreadable(JsonParameter json, UnreadableWrites gap) {
        object(json, gap.object());
        json.put("wal_object", gap.walObject())
                .put("partition", gap.partition())
                .put("first_offset", gap.first())
                .put("next_offset", gap.next())
                .put("writes", gap.writes())
                .put("stamp_sum", gap.stampSum())
                .put("reason", gap.reason());
    }

    private static void object(JsonParameter json, ObjectRef object) {
        json.put("object_type", object.type().text()).put("object_id", object.id());
    }
}
