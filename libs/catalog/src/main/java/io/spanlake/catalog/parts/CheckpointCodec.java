package io.spanlake.catalog.parts;

import io.spanlake.catalog.JsonParameter;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checkpoints as gzip'd JSON (docs/formats/checkpoint.md). Gzip's own CRC and length say whether a byte is wrong. CPU work. */
public final class CheckpointCodec {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CheckpointCodec() {}

    public static ByteSlice encode(Checkpoint checkpoint) {
        String text = JsonParameter.of(json -> {
            json.put("format", FORMAT);
            CheckpointJson.write(json, checkpoint);
        });
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteSlice.of(bytes.toByteArray());
    }

    /** @throws CheckpointFormatException where the bytes are not what was written, or a newer program wrote them */
    public static Checkpoint decode(String blobName, ByteSlice bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes.toArray()))) {
            var root = MAPPER.readTree(gzip.readAllBytes());
            if (root.path("format").asInt() != FORMAT) {
                throw new IllegalArgumentException("format " + root.path("format"));
            }
            return read(root);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new CheckpointFormatException(
                    "%s is no checkpoint of format %d: %s".formatted(blobName, FORMAT, e.getMessage()), e);
        }
    }

    private static Checkpoint read(JsonNode json) {
        var object = new ObjectRef(ObjectType.ofText(text(json, "object_type")), text(json, "object_id"));
        var floors = new HashMap<Integer, LogOffset>();
        json.required("floors").forEach(floor -> floors.put(integer(floor, "partition"), floor(floor)));
        return new Checkpoint(
                OrganizationId.parse(text(json, "organization")),
                object,
                integer(json, "width"),
                number(json, "version"),
                floors,
                list(json, "sections").stream()
                        .map(CheckpointCodec::readSection)
                        .toList(),
                list(json, "parts").stream().map(CheckpointCodec::readPart).toList());
    }

    private static LogOffset floor(JsonNode json) {
        return new LogOffset(integer(json, "incarnation"), number(json, "floor_offset"));
    }

    private static Checkpoint.Section readSection(JsonNode json) {
        var section = new ProcessedSection(
                uuid(json, "segment"),
                new ObjectRef(ObjectType.ofText(text(json, "object_type")), text(json, "object_id")),
                integer(json, "partition"),
                integer(json, "incarnation"),
                number(json, "first_offset"),
                number(json, "next_offset"),
                number(json, "rows"),
                number(json, "raw_bytes"),
                number(json, "bytes"),
                number(json, "stamp_sum"),
                new Stamp(transaction(json, "min_transaction"), integer(json, "min_position")),
                new Stamp(transaction(json, "max_transaction"), integer(json, "max_position")));
        return new Checkpoint.Section(
                text(json, "name"),
                number(json, "blob_bytes"),
                number(json, "footer_offset"),
                section,
                integer(json, "carried") != 0);
    }

    private static Checkpoint.Part readPart(JsonNode json) {
        var times = new PartTimes(
                transaction(json, "oldest_first"),
                transaction(json, "newest_first"),
                transaction(json, "newest_last"),
                time(json, "start_min"),
                time(json, "start_max"));
        var file = new PartFile(
                text(json, "name"),
                number(json, "bytes"),
                number(json, "tail_offset"),
                number(json, "orc_bytes"),
                uuid(json, "project"),
                integer(json, "level"),
                maybe(json, "segment").map(segment -> UUID.fromString(segment.asString())),
                number(json, "rows"),
                number(json, "raw_bytes"),
                number(json, "stamp_sum"),
                times);
        var dead = maybe(json, "dv_name")
                .map(name -> new DeletionVector(
                        name.asString(),
                        number(json, "dv_bytes"),
                        number(json, "dead_rows"),
                        number(json, "dead_sum")));
        return new Checkpoint.Part(file, number(json, "since_version"), integer(json, "dv_version"), dead);
    }

    private static List<JsonNode> list(JsonNode json, String name) {
        var items = new ArrayList<JsonNode>();
        json.required(name).forEach(items::add);
        return items;
    }

    private static Optional<JsonNode> maybe(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name));
    }

    private static Optional<Instant> time(JsonNode json, String name) {
        return maybe(json, name).map(micros -> Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS));
    }

    private static TransactionId transaction(JsonNode json, String name) {
        return new TransactionId(number(json, name));
    }

    private static UUID uuid(JsonNode json, String name) {
        return UUID.fromString(text(json, name));
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).stringValue();
    }

    private static int integer(JsonNode json, String name) {
        return json.required(name).intValue();
    }

    private static long number(JsonNode json, String name) {
        return json.required(name).longValue();
    }
}
