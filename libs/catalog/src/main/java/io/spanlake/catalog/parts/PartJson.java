package io.spanlake.catalog.parts;

import io.spanlake.catalog.JsonParameter;

/** Parts as JSON, under the names of their columns. */
public final class PartJson {
    private PartJson() {}

    /** Of the file alone. */
    public static void part(JsonParameter json, PartFile file) {
        var times = file.times();
        json.put("name", file.name())
                .put("project", file.project())
                .put("level", file.level())
                .maybe(file.segment(), (to, segment) -> to.put("segment", segment))
                .put("rows", file.rows())
                .put("bytes", file.bytes())
                .put("tail_offset", file.tailOffset())
                .put("orc_bytes", file.orcBytes())
                .put("raw_bytes", file.rawBytes())
                .put("stamp_sum", file.stampSum())
                .put("oldest_first", times.oldestFirst().value())
                .put("newest_first", times.newestFirst().value())
                .put("newest_last", times.newestLast().value())
                .maybe(times.startMin(), (to, time) -> to.put("start_min", time))
                .maybe(times.startMax(), (to, time) -> to.put("start_max", time));
    }

    public static void dead(JsonParameter json, DeletionVector dead) {
        json.put("dv_name", dead.name())
                .put("dv_bytes", dead.bytes())
                .put("dead_rows", dead.rows())
                .put("dead_sum", dead.stampSum());
    }
}
