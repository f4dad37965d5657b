package io.spanlake.compactor.read;

import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The rows of some processed sections, trace by trace, each with all its states. Holds the order and a bounded number of
 * decoded frames. Blocks; not thread-safe.
 */
public final class TailRows {
    /** @param segment that the row's newest state lies in */
    public record TailRow(long traceHash, LiveSection segment, List<RowState> states) {}

    private final ProcessedBlobs blobs;
    private final ObjectRef object;
    private final List<LiveSection> live;
    private final List<ProcessedSection> sections = new ArrayList<>();
    private final TailOrder order = new TailOrder();
    private final FrameCache<List<RowState>> frames;

    private TailRows(ProcessedBlobs blobs, ObjectRef object, List<LiveSection> live, long cacheBytes) {
        this.blobs = blobs;
        this.object = object;
        this.live = live;
        this.frames = new FrameCache<>(cacheBytes);
    }

    /** Reads the footers. */
    public static TailRows open(ProcessedBlobs blobs, ObjectRef object, List<LiveSection> live, long cacheBytes) {
        var rows = new TailRows(blobs, object, live, cacheBytes);
        live.forEach(rows::openSection);
        return rows;
    }

    private void openSection(LiveSection section) {
        var footer =
                Objects.requireNonNull(blobs.footer(section.blobName(), section.blobBytes(), section.footerOffset())
                        .block());
        var found = footer.sections().stream()
                .filter(candidate -> isOf(candidate, section))
                .findFirst()
                .orElseThrow(() -> new CorruptBlobException("%s: no section of segment %s, partition %d"
                        .formatted(
                                section.blobName(),
                                section.section().segment(),
                                section.section().partition())));
        if (found.summary().stampSum() != section.section().stampSum()) {
            throw new CorruptBlobException("%s: the section of segment %s is another than the catalog has"
                    .formatted(section.blobName(), section.section().segment()));
        }
        sections.add(found);
        order.add(found);
    }

    private static boolean isOf(ProcessedSection candidate, LiveSection section) {
        return candidate.segment().equals(section.section().segment())
                && candidate.summary().partition() == section.section().partition()
                && candidate.object().equals(section.section().object());
    }

    /** {@code Placement.hash} of the rows' ids, each once. */
    public long[] rowHashes() {
        return order.rowHashes();
    }

    /** Hands on each row once. What the consumer keeps of the states keeps their frame in memory. */
    public void forEach(Consumer<TailRow> consumer) {
        for (var row : order.rows()) {
            byId(row).values().forEach(consumer);
        }
    }

    /** Nearly always one: two ids may share a hash. */
    private Map<String, TailRow> byId(TailOrder.RowPlaces row) {
        var byId = new LinkedHashMap<String, TailRow>();
        for (var place : row.places()) {
            var state = state(place);
            var section = live.get(place.section());
            var before = byId.get(state.rowId());
            var states = new ArrayList<RowState>(before == null ? List.of() : before.states());
            states.add(state);
            byId.put(state.rowId(), new TailRow(row.traceHash(), section, states));
        }
        return byId;
    }

    private RowState state(TailOrder.Place place) {
        var key = new FrameCache.Key(place.section(), place.frame());
        var decoded = frames.get(key);
        if (decoded == null) {
            var ref = sections.get(place.section()).frames().get(place.frame());
            decoded =
                    Objects.requireNonNull(blobs.frame(live.get(place.section()).blobName(), object, ref)
                            .block());
            frames.put(key, decoded, ref.uncompressedBytes());
        }
        return decoded.get(place.index());
    }
}
