package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Parts, written and put as a compactor does. */
final class PartFixtures {
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01");
    static final UUID PROJECT = UUID.fromString(LOGS.id());
    static final UUID SEGMENT = UUID.fromString("0193a1b2-0000-7000-8000-000000000001");
    static final PartSpec SPEC = new PartSpec(
            ORGANIZATION,
            LOGS,
            PROJECT,
            1,
            List.of(SEGMENT),
            List.of(
                    new PartInput.Section("orgs/o/processed/a.rows", SEGMENT, 7, 2, 4_294_967_296L, 4_294_967_300L),
                    new PartInput.Part("orgs/o/parts/b.part", 3)));
    static final PartSettings SMALL_FRAMES = new PartSettings(2_000, 6_000, 3, 1 << 20);
    static final BlobName NAME = new BlobName("orgs/o/parts/x.part");
    static final Scheduler DECODE = Schedulers.newBoundedElastic(2, 1_000, "part-decode");

    private PartFixtures() {}

    static Stamp stamp(int second, int position) {
        return new Stamp(TransactionId.of(1_790_000_000L + second, 7), position);
    }

    static Write full(String rowId, Optional<String> traceId, Stamp stamp, String json) {
        return new Write(LOGS, rowId, traceId, stamp, WriteKind.FULL, ByteSlice.ofUtf8(json));
    }

    static RowState row(String rowId, String traceId, int second, String json) {
        return RowState.of(full(rowId, Optional.of(traceId), stamp(second, 0), json));
    }

    /** Rows of some traces in part order: of one write and of two, with trace and without, one of them large. */
    static List<RowState> rows(long seed, int count) {
        var random = new Random(seed);
        var rows = new ArrayList<RowState>(count);
        int trace = 0;
        while (rows.size() < count) {
            var traceId = random.nextInt(5) == 0 ? Optional.<String>empty() : Optional.of("trace-" + trace);
            int size = traceId.isEmpty() ? 1 : 1 + random.nextInt(8);
            for (int i = 0; i < size && rows.size() < count; i++) {
                rows.add(row(random, "row-" + rows.size(), traceId, rows.size(), trace % 9 == 8 ? 3_000 : 100));
            }
            trace++;
        }
        return rows;
    }

    private static RowState row(Random random, String id, Optional<String> trace, int second, int bytes) {
        var root = trace.map(t -> ",\"root_span_id\":\"" + t + "\"").orElse("");
        var state = RowState.of(full(
                id,
                trace,
                stamp(second, 3),
                "{\"id\":\"%s\",\"span_id\":\"span-%s\"%s,\"input\":\"%s\",\"metrics\":{\"start\":%d.5}}"
                        .formatted(id, id, root, prose(random, bytes), 1_790_000_000L + second)));
        if (random.nextBoolean()) {
            return state;
        }
        var end = new Write(
                LOGS,
                id,
                trace,
                stamp(second + 60, 1),
                WriteKind.MERGE,
                ByteSlice.ofUtf8("{\"output\":\"%s\",\"scores\":{\"x\":0.5}}".formatted(prose(random, 40))));
        return state.join(RowState.of(end));
    }

    private static String prose(Random random, int bytes) {
        var text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(Integer.toString(random.nextInt(50_000), 36)).append(' ');
        }
        return text.toString();
    }

    static WrittenPart write(Path folder, List<RowState> rows, PartSettings settings) {
        try (var writer = new PartWriter(SPEC, folder, settings)) {
            for (var row : rows) {
                writer.add(PartRow.of(row));
            }
            return writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BlobStore store(Path folder) {
        return FolderBlobStore.open(folder, Schedulers.boundedElastic(), Duration.ofSeconds(60));
    }

    static PartReader put(BlobStore store, WrittenPart written) {
        store.putFileIfAbsent(NAME, written.part()).block();
        store.putFileIfAbsent(PartBlobNames.of(NAME).orc(), written.orc()).block();
        return open(store, written);
    }

    static PartReader open(BlobStore store, WrittenPart written) {
        return new PartBlobs(store, DECODE)
                .open(NAME.value(), written.partBytes(), written.tailOffset())
                .blockOptional()
                .orElseThrow();
    }
}
