package io.spanlake.storage.processed;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.container.BlobParts;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.processed.FrameRef.FilterRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes one processed blob: {@code header, sections of frames and then their filters, footer, trailer}.
 *
 * <ol>
 *   <li>{@link #segment} begins a section, {@link #add} puts its row states, each trace's side by side;
 *   <li>{@link #finish} ends the blob;
 *   <li>{@link #close} gives back native memory, finished or not.
 * </ol>
 *
 * <p>Pure CPU work. Holds what is compressed and one frame. Not thread-safe.
 */
public final class ProcessedBlobWriter implements AutoCloseable {
    private static final Stamp NOT_YET = new Stamp(new TransactionId(TransactionId.PREFIX), 0);

    private record Key(UUID segment, int partition) {}

    private final OrganizationId organization;
    private final BlobParts parts = new BlobParts();
    private final FrameWriter frames;
    private final Set<Key> begun = new HashSet<>();
    private final List<ProcessedSection> sections = new ArrayList<>();
    private @Nullable ProcessedSectionSummary open;

    public ProcessedBlobWriter(OrganizationId organization, ProcessedEncoding encoding) {
        this.organization = organization;
        parts.append(ProcessedFormat.FORMAT.header());
        frames = new FrameWriter(encoding, parts);
    }

    /**
     * Begins the section of a segment, and ends the one before.
     *
     * @param first Kafka offset of the first record of the cut, inclusive
     * @param next  offset after the last
     * @throws IllegalArgumentException where the partition has a section of the segment already, or the range is none
     * @throws IllegalStateException where the section before has no row
     */
    public void segment(UUID segment, ObjectRef object, int partition, int incarnation, long first, long next) {
        if (partition < 0 || incarnation < 0 || first < 0 || next <= first) {
            throw new IllegalArgumentException("not a range: partition %d, incarnation %d, [%d, %d)"
                    .formatted(partition, incarnation, first, next));
        }
        if (!begun.add(new Key(segment, partition))) {
            throw new IllegalArgumentException(
                    "two sections of segment %s, partition %d".formatted(segment, partition));
        }
        endSection();
        open = new ProcessedSectionSummary(
                segment, object, partition, incarnation, first, next, 0, 0, 0, NOT_YET, NOT_YET, 0, 0);
    }

    /**
     * Puts one row state into the section. Of one row there is one state in a section, or one for
     * each transaction where the object keeps versions.
     *
     * @param placementTrace the trace under which the segment has the row, of a patch too, where it is known
     * @throws IllegalArgumentException where the state is of another object, or larger than 256 MiB
     */
    public void add(RowState state, Optional<String> placementTrace) {
        var section = open;
        if (section == null || !section.object().equals(state.object())) {
            throw new IllegalArgumentException("a row of %s outside of a section of it".formatted(state.object()));
        }
        frames.add(state, placementTrace);
    }

    /** Bytes that are compressed so far. */
    public long bytes() {
        return parts.bytes();
    }

    /** @throws IllegalStateException where a section has no row */
    public EncodedProcessedBlob finish() {
        endSection();
        long footerOffset = parts.bytes();
        frames.end(ProcessedFooterWriter.footer(organization, sections));
        return new EncodedProcessedBlob(
                parts.finish(),
                parts.bytes(),
                footerOffset,
                sections.stream().map(ProcessedSection::summary).toList());
    }

    private void endSection() {
        var range = open;
        if (range == null) {
            return;
        }
        var written = frames.endSection();
        if (written.isEmpty()) {
            throw new IllegalStateException("no row in the section of segment " + range.segment());
        }
        // Filters lie behind all frames of the section: who reads frames does not read them.
        var refs = written.stream().map(this::withFilter).toList();
        sections.add(new ProcessedSection(ProcessedSums.of(range, refs), refs));
        open = null;
    }

    private FrameRef withFilter(FrameWriter.Written frame) {
        var bits = frame.filter().bytes();
        var filter = new FilterRef(parts.bytes(), bits.length(), Crc.of(bits));
        parts.append(bits);
        return new FrameRef(
                frame.offset(), frame.length(), frame.uncompressedBytes(), frame.crc32c(), filter, frame.rows());
    }

    @Override
    public void close() {
        frames.close();
    }
}
