package io.spanlake.catalog.processed;

import io.spanlake.catalog.JsonParameter;

/** Processed blobs and their sections as JSON, under the names of their columns. */
public final class ProcessedJson {
    private ProcessedJson() {}

    /** Without its sections. */
    public static void object(JsonParameter json, ProcessedObject object) {
        json.put("name", object.name())
                .put("organization", object.organization().value())
                .put("bytes", object.bytes())
                .put("footer_offset", object.footerOffset());
    }

    public static void section(JsonParameter json, ProcessedSection section) {
        json.put("segment", section.segment())
                .put("object_type", section.object().type().text())
                .put("object_id", section.object().id())
                .put("partition", section.partition())
                .put("incarnation", section.incarnation())
                .put("first_offset", section.first())
                .put("next_offset", section.next())
                .put("rows", section.rows())
                .put("raw_bytes", section.rawBytes())
                .put("bytes", section.bytes())
                .put("stamp_sum", section.stampSum())
                .put("min_transaction", section.minStamp().transaction().value())
                .put("min_position", section.minStamp().position())
                .put("max_transaction", section.maxStamp().transaction().value())
                .put("max_position", section.maxStamp().position());
    }
}
