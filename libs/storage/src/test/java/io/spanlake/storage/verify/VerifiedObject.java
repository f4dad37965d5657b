package io.spanlake.storage.verify;

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
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.part.PartSpec;
import io.spanlake.storage.part.PartWriter;
import io.spanlake.storage.processed.ProcessedBlobWriter;
import io.spanlake.storage.processed.ProcessedEncoding;
import io.spanlake.storage.verify.LiveObject.DeadRows;
import io.spanlake.storage.verify.LiveObject.PartPlace;
import io.spanlake.storage.verify.LiveObject.ProcessedPlace;
import io.spanlake.storage.verify.LiveObject.WalPlace;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.StampSum;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An object in a blob store, put together place by place as the stages do. */
final class VerifiedObject implements AutoCloseable {
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01");
    private static final UUID SEGMENT = UUID.fromString("0193a1b2-0000-7000-8000-000000000001");

    final Path folder;
    private final Scheduler disk = Schedulers.newBoundedElastic(2, 64, "test-disk");
    private final Scheduler decode = Schedulers.newBoundedElastic(4, 64, "test-decode");
    private final Scheduler work = Schedulers.newBoundedElastic(1, 8, "test-verify");
    private final BlobStore store;
    final List<WalPlace> wal = new ArrayList<>();
    final List<ProcessedPlace> processed = new ArrayList<>();
    final List<PartPlace> parts = new ArrayList<>();
    private int blobs;

    VerifiedObject(Path folder) {
        this.folder = folder;
        this.store = FolderBlobStore.open(folder.resolve("store"), disk, Duration.ofSeconds(30));
    }

    static Write write(int row, int second, WriteKind kind, String json) {
        return new Write(
                LOGS,
                "row-" + row,
                Optional.of("trace-" + row / 4),
                new Stamp(TransactionId.of(1_790_000_000L + second, 0), row),
                kind,
                ByteSlice.ofUtf8(json));
    }

    static Write full(int row, int second) {
        return write(
                row,
                second,
                WriteKind.FULL,
                "{\"span_id\":\"s%d\",\"root_span_id\":\"trace-%d\",\"input\":\"question %d\",\"metrics\":{\"tokens\":%d}}"
                        .formatted(row, row / 4, row, row));
    }

    static Write merge(int row, int second) {
        return write(row, second, WriteKind.MERGE, "{\"_is_merge\":true,\"output\":\"answer %d\"}".formatted(row));
    }

    static List<RowState> states(List<Write> writes) {
        return writes.stream().map(RowState::of).toList();
    }

    private BlobName put(String suffix, List<ByteSlice> bytes) {
        var name = new BlobName("orgs/o/b" + blobs++ + suffix);
        store.putIfAbsent(name, bytes).block();
        return name;
    }

    VerifiedObject wal(List<Write> writes) {
        var encoded = WalObjectWriter.encode(
                ORGANIZATION, List.of(new SectionWrites(3, 1, 100, 100 + writes.size(), writes)), WalEncoding.DEFAULT);
        var name = put(".wal", encoded.parts());
        wal.add(new WalPlace(name.value(), encoded.bytes(), encoded.footerOffset(), 3, 1, 100, 100 + writes.size()));
        return this;
    }

    VerifiedObject processed(List<RowState> states) {
        try (var writer = new ProcessedBlobWriter(ORGANIZATION, ProcessedEncoding.DEFAULT)) {
            writer.segment(SEGMENT, LOGS, 3, 1, 10, 20);
            states.forEach(state -> writer.add(state, state.traceId()));
            var encoded = writer.finish();
            var name = put(".rows", encoded.parts());
            var section = encoded.sections().getFirst();
            processed.add(new ProcessedPlace(
                    name.value(),
                    encoded.bytes(),
                    encoded.footerOffset(),
                    SEGMENT,
                    3,
                    1,
                    10,
                    20,
                    section.rows(),
                    section.rawBytes(),
                    section.stampSum()));
        }
        return this;
    }

    /** @param dead ordinals */
    VerifiedObject part(List<RowState> rows, int... dead) throws IOException {
        var spec = new PartSpec(ORGANIZATION, LOGS, UUID.fromString(LOGS.id()), 0, List.of(SEGMENT), List.of());
        try (var writer = new PartWriter(spec, folder.resolve("part-" + blobs), PartSettings.DEFAULT)) {
            for (var row : rows) {
                writer.add(PartRow.of(row));
            }
            var written = writer.finish();
            var part = put(".part", List.of(ByteSlice.of(Files.readAllBytes(written.part()))));
            var orc = new BlobName(part.value().replace(".part", ".orc"));
            store.putIfAbsent(orc, List.of(ByteSlice.of(Files.readAllBytes(written.orc()))))
                    .block();
            parts.add(new PartPlace(
                    part.value(),
                    written.partBytes(),
                    written.tailOffset(),
                    orc.value(),
                    written.orcBytes(),
                    rows.size(),
                    written.statistics().rawBytes(),
                    written.statistics().stampSum(),
                    dead.length == 0 ? Optional.empty() : Optional.of(deadRows(part, rows, dead))));
        }
        return this;
    }

    private DeadRows deadRows(BlobName part, List<RowState> rows, int... dead) {
        var bytes = DeletionVectors.encode(part, 1, RoaringBitmap.bitmapOf(dead));
        long sum = 0;
        for (int ordinal : dead) {
            var row = rows.get(ordinal);
            sum += StampSum.of(LOGS, row.rowId(), row.stamps());
        }
        var name = put(".dv", bytes);
        long length = bytes.stream().mapToLong(ByteSlice::length).sum();
        return new DeadRows(name.value(), length, 1, dead.length, sum);
    }

    Path fileOf(String blob) {
        return folder.resolve("store").resolve(blob);
    }

    ObjectReport verify() {
        return new ObjectVerifier(store, decode, work)
                .verify(new LiveObject(LOGS, wal, processed, parts), folder.resolve("own"))
                .blockOptional()
                .orElseThrow();
    }

    @Override
    public void close() {
        disk.dispose();
        decode.dispose();
        work.dispose();
    }
}
