package io.spanlake.segments.fold;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.json.JsonFormatException;
import io.spanlake.model.row.RowState;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.place.KnownSegments;
import io.spanlake.segments.place.Placing;
import io.spanlake.segments.place.SegmentAssigner;
import io.spanlake.segments.place.SegmentLimits;
import io.spanlake.segments.read.ReadCut;
import io.spanlake.segments.read.ReadStretch;
import io.spanlake.storage.wal.StampSum;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the writes of a cut per row, of objects that keep versions per row and transaction, and lays the rows out by segment and trace. Synchronous CPU work; pure but for clock
 * and names.
 */
public final class CutFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CutFolder.class);

    private final SegmentLimits limits;
    private final InstantSource clock;
    private final Supplier<UUID> freshSegments;
    private final SegmentsMetrics metrics;
    private final BinaryOperator<RowState> join;

    public CutFolder(SegmentLimits limits, InstantSource clock, Supplier<UUID> freshSegments, SegmentsMetrics metrics) {
        this(limits, clock, freshSegments, metrics, RowState::join);
    }

    /** @param join what two states of a row make: tests see what becomes of other rules */
    CutFolder(
            SegmentLimits limits,
            InstantSource clock,
            Supplier<UUID> freshSegments,
            SegmentsMetrics metrics,
            BinaryOperator<RowState> join) {
        this.limits = limits;
        this.clock = clock;
        this.freshSegments = freshSegments;
        this.metrics = metrics;
        this.join = join;
    }

    /** @param transaction of which alone there is a state; empty where all writes of the row are one */
    private record RowKey(ObjectRef object, String rowId, Optional<TransactionId> transaction) {
        /** What keeps versions has a state for each transaction: what another adds to it is another version. */
        static RowKey of(Write write) {
            var transaction = write.object().type().keepsVersions()
                    ? Optional.of(write.stamp().transaction())
                    : Optional.<TransactionId>empty();
            return new RowKey(write.object(), write.rowId(), transaction);
        }
    }

    /** Never fails: a partition whose writes cannot be folded keeps no other from being cut. */
    public FoldedCut fold(ReadCut read) {
        var began = clock.instant();
        var folded = new ArrayList<FoldedStretch>();
        var failed = new ArrayList<>(read.failed());
        for (var stretch : read.stretches()) {
            try {
                folded.add(fold(stretch));
            } catch (UnbalancedCutException | JsonFormatException fault) {
                LOG.error("{}: not folded", stretch.summary(), fault);
                failed.add(stretch.summary().claim());
            }
        }
        metrics.folded(Duration.between(began, clock.instant()));
        return new FoldedCut(folded, failed);
    }

    /**
     * @throws UnbalancedCutException where the stamps that come out are not those that went in
     * @throws JsonFormatException    where a row's JSON is malformed
     */
    FoldedStretch fold(ReadStretch read) {
        var traces = new LinkedHashMap<OrganizationId, List<TraceRows>>();
        var balance = StampBalance.NONE;
        long rows = 0;
        for (var entry : read.writes().entrySet()) {
            var folds = foldRows(entry.getValue());
            balance = balance.plus(balance(entry.getValue(), folds.values()));
            rows += folds.size();
            traces.put(
                    entry.getKey(),
                    TraceRows.of(folds.values().stream().map(RowFold::state).toList()));
        }
        mustHold(balance, read.summary());
        var placing = place(traces.values(), read.summary().planned().known());
        var segments = new HashMap<OrganizationId, List<SegmentRows>>();
        traces.forEach((organization, of) -> segments.put(organization, bySegment(of, placing)));
        return new FoldedStretch(new FoldedStretch.Summary(read.summary(), placing, balance, rows), segments);
    }

    private static void mustHold(StampBalance balance, ReadStretch.Summary read) {
        if (!balance.holds() || balance.in() != read.stampSum()) {
            throw new UnbalancedCutException(
                    "%s: the log lists %016x, read were %016x, of which %016x are live and %016x folded"
                            .formatted(read, read.stampSum(), balance.in(), balance.live(), balance.folded()));
        }
    }

    private Placing place(Collection<List<TraceRows>> traces, KnownSegments known) {
        var loads = traces.stream().flatMap(List::stream).map(TraceRows::load).toList();
        return SegmentAssigner.place(known, loads, limits, clock.instant(), freshSegments);
    }

    private Map<RowKey, RowFold> foldRows(List<Write> writes) {
        var folds = new LinkedHashMap<RowKey, RowFold>();
        for (var write : writes) {
            var key = RowKey.of(write);
            var fold = folds.get(key);
            if (fold == null) {
                folds.put(key, new RowFold(write, join));
            } else {
                fold.add(write);
            }
        }
        return folds;
    }

    private static StampBalance balance(List<Write> writes, Iterable<RowFold> folds) {
        long live = 0;
        long folded = 0;
        for (var fold : folds) {
            live += fold.live();
            folded += fold.folded();
        }
        return new StampBalance(StampSum.of(writes), live, folded);
    }

    private static List<SegmentRows> bySegment(List<TraceRows> traces, Placing placing) {
        record SegmentKey(UUID segment, ObjectRef object) {}
        var rows = new LinkedHashMap<SegmentKey, List<RowState>>();
        for (var trace : traces) {
            var placed = placing.traces().get(trace.trace());
            if (placed == null) {
                throw new IllegalStateException(
                        "a trace of %s was not placed".formatted(trace.trace().object()));
            }
            rows.computeIfAbsent(new SegmentKey(placed.segment(), trace.trace().object()), _ -> new ArrayList<>())
                    .addAll(trace.rows());
        }
        return rows.entrySet().stream()
                .map(entry ->
                        new SegmentRows(entry.getKey().segment(), entry.getKey().object(), entry.getValue()))
                .toList();
    }
}
