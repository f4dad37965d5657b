package io.spanlake.catalog.parts;

import io.spanlake.catalog.JsonParameter;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.processed.ProcessedJson;
import java.util.Map;

/** Checkpoints as JSON, under the names of columns. */
public final class CheckpointJson {
    private CheckpointJson() {}

    public static void write(JsonParameter json, Checkpoint checkpoint) {
        json.put("organization", checkpoint.organization().value())
                .put("object_type", checkpoint.object().type().text())
                .put("object_id", checkpoint.object().id())
                .put("width", checkpoint.width())
                .put("version", checkpoint.version())
                .objects("floors", checkpoint.floors().entrySet(), CheckpointJson::writeFloor)
                .objects("sections", checkpoint.sections(), CheckpointJson::writeSection)
                .objects("parts", checkpoint.parts(), CheckpointJson::writePart);
    }

    private static void writeFloor(JsonParameter json, Map.Entry<Integer, LogOffset> floor) {
        json.put("partition", floor.getKey())
                .put("incarnation", floor.getValue().incarnation())
                .put("floor_offset", floor.getValue().offset());
    }

    private static void writeSection(JsonParameter json, Checkpoint.Section section) {
        json.put("name", section.blobName())
                .put("blob_bytes", section.blobBytes())
                .put("footer_offset", section.footerOffset())
                .put("carried", section.carried() ? 1 : 0);
        ProcessedJson.section(json, section.section());
    }

    private static void writePart(JsonParameter json, Checkpoint.Part part) {
        PartJson.part(json, part.file());
        json.put("since_version", part.version())
                .put("dv_version", part.dvVersion())
                .maybe(part.dead(), PartJson::dead);
    }
}
