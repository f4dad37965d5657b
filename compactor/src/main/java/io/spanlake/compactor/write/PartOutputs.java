package io.spanlake.compactor.write;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.catalog.parts.PartFile;
import io.spanlake.catalog.parts.PartTimes;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.part.PartBlobNames;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.part.PartSpec;
import io.spanlake.storage.part.PartWriter;
import io.spanlake.storage.part.WrittenPart;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The parts that one job writes: rows come trace by trace, a part ends with the first trace beyond its size. Each part is put
 * as soon as it is written, so that the scratch folder holds one at a time. Blocks; not thread-safe.
 *
 * <p>A trace whose rows do not fit in memory has parts of its own, each a stretch of it. One of a good size is merged no
 * further: nothing would come nearer to anything by it.
 */
public final class PartOutputs implements Closeable {
    /** Rows of a trace that are put in order of their starts at a time; of a larger trace, stretch by stretch. */
    private static final long SLICE_BYTES_MAX = 32L << 20;

    private final PartSpec spec;
    private final BlobStore blobs;
    private final Path scratch;
    private final PartSettings settings;
    private final long partRawBytes;
    private final long traceRawBytes;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Runnable fileStored;
    private final List<NewPart> parts = new ArrayList<>();
    private final List<PartRow> slice = new ArrayList<>();
    private long sliceTrace;
    private long sliceBytes;
    private long rawBytes;
    /** In the part that is open, of a trace that has it for itself; else 0. */
    private long traceBytes;

    private @Nullable PartWriter open;

    /**
     * @param scratch       folder for this job alone
     * @param settings      of each part
     * @param partRawBytes  about how much JSON a part holds
     * @param traceRawBytes about how much of one trace
     * @param fileStored    called after each put
     */
    public PartOutputs(
            PartSpec spec,
            BlobStore blobs,
            Path scratch,
            PartSettings settings,
            long partRawBytes,
            long traceRawBytes,
            InstantSource clock,
            RandomGenerator random,
            Runnable fileStored) {
        this.spec = spec;
        this.blobs = blobs;
        this.scratch = scratch;
        this.settings = settings;
        this.partRawBytes = partRawBytes;
        this.traceRawBytes = traceRawBytes;
        this.clock = clock;
        this.random = random;
        this.fileStored = fileStored;
    }

    /** @param trace what the rows that come side by side have in common */
    public void add(long trace, RowState row) {
        add(trace, PartRow.of(row));
    }

    /** The same of a version of a row. */
    public void add(long trace, RowState row, Optional<TransactionId> until) {
        add(trace, PartRow.of(row, until));
    }

    /** The same of a row that is stored as it is. */
    public void add(long trace, PartRow row) {
        if (!slice.isEmpty() && (trace != sliceTrace || sliceBytes > Math.min(SLICE_BYTES_MAX, traceRawBytes / 2))) {
            writeSlice(trace != sliceTrace);
        }
        sliceTrace = trace;
        slice.add(row);
        sliceBytes += row.stored().json().length();
    }

    /** Puts what is left; what was put so far, all parts. */
    public List<NewPart> finish() {
        if (!slice.isEmpty()) {
            writeSlice(true);
        }
        endPart(spec.level());
        return List.copyOf(parts);
    }

    private void writeSlice(boolean traceEnds) {
        if (!traceEnds && traceBytes == 0) {
            // The first of a big trace: what came before stays apart.
            endPart(spec.level());
        }
        // Rows that folded into another trace than their tail said stand together too.
        slice.sort(Comparator.comparing(PartRow::traceKey)
                .thenComparingLong(row -> row.facts().startMicros()));
        try {
            var writer = open == null ? begin() : open;
            for (var row : slice) {
                writer.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rawBytes += sliceBytes;
        boolean big = !traceEnds || traceBytes > 0;
        traceBytes = big ? traceBytes + sliceBytes : 0;
        slice.clear();
        sliceBytes = 0;
        if (big ? traceEnds || traceBytes >= traceRawBytes : rawBytes >= partRawBytes) {
            endPart(
                    big && traceBytes >= traceRawBytes / 2
                            ? Math.max(spec.level(), PartSpec.STRETCH_LEVEL)
                            : spec.level());
        }
    }

    private PartWriter begin() throws IOException {
        var writer = new PartWriter(spec, scratch.resolve("part-" + parts.size()), settings);
        open = writer;
        return writer;
    }

    private void endPart(int level) {
        var writer = open;
        if (writer == null) {
            return;
        }
        try (writer) {
            var written = writer.finish(level);
            parts.add(put(written, level));
            Files.deleteIfExists(written.part());
            Files.deleteIfExists(written.orc());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open = null;
        rawBytes = 0;
        traceBytes = 0;
    }

    private NewPart put(WrittenPart written, int level) {
        var names = PartBlobNames.fresh(spec.organization(), spec.object(), clock.instant(), random);
        // The part last: where it is, its columns are.
        blobs.putFileIfAbsent(names.orc(), written.orc()).block();
        fileStored.run();
        blobs.putFileIfAbsent(names.part(), written.part()).block();
        fileStored.run();
        return NewPart.of(file(names, written, level));
    }

    private PartFile file(PartBlobNames names, WrittenPart written, int level) {
        var statistics = written.statistics();
        return new PartFile(
                names.part().value(),
                written.partBytes(),
                written.tailOffset(),
                written.orcBytes(),
                spec.project(),
                level,
                spec.segments().size() == 1 ? Optional.of(spec.segments().getFirst()) : Optional.empty(),
                statistics.rows(),
                statistics.rawBytes(),
                statistics.stampSum(),
                new PartTimes(
                        statistics.firstMin().transaction(),
                        statistics.firstMax().transaction(),
                        statistics.lastMax().transaction(),
                        Optional.of(instant(statistics.startMicrosMin())),
                        Optional.of(instant(statistics.startMicrosMax()))));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
