package io.spanlake.query.execute;

import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Document;
import io.spanlake.query.plan.Evaluator;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.JsonDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SourceObjects;
import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.spill.SpillSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** What all steps of one run share. */
final class QueryRun {
    private static final int PREFETCH = 64;
    private static final Tuple UNREAD = Tuple.of(Document.NONE, RowOrder.FIRST);

    private final Map<SourceObjects, List<RowView>> views;
    private final Evaluator evaluator;
    private final MemoryBudget memory;
    private final Scheduler work;
    private final Optional<SpillSpace> spill;
    private final Progress progress = new Progress();
    private volatile Optional<CursorPoint> tracesEnd = Optional.empty();
    private final Set<Warning> warnings = Collections.synchronizedSet(new LinkedHashSet<>());

    QueryRun(
            Map<SourceObjects, List<RowView>> views,
            QueryContext context,
            MemoryBudget memory,
            Scheduler work,
            Optional<SpillSpace> spill) {
        this.views = views;
        this.evaluator = new Evaluator(context);
        this.memory = memory;
        this.work = work;
        this.spill = spill;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    MemoryBudget memory() {
        return memory;
    }

    Optional<SpillSpace> spill() {
        return spill;
    }

    /** Rows that are read from disk, computed with elsewhere. */
    <T> Flux<T> fromDisk(SpillSpace space, Flux<T> rows) {
        return rows.subscribeOn(space.disk()).publishOn(work, PREFETCH);
    }

    Progress progress() {
        return progress;
    }

    /** Where a page of traces ended that more follow. */
    void tracesEnd(CursorPoint end) {
        tracesEnd = Optional.of(end);
    }

    Optional<CursorPoint> tracesEnd() {
        return tracesEnd;
    }

    void warn(Warning warning) {
        warnings.add(warning);
    }

    List<Warning> warnings(List<Warning> planned) {
        var all = new ArrayList<>(planned);
        synchronized (warnings) {
            all.addAll(warnings);
        }
        return all;
    }

    /** Behind it rows may still come in between. */
    Optional<TransactionId> closed() {
        return views.values().stream()
                .flatMap(List::stream)
                .flatMap(view -> view.closed().stream())
                .min(Comparator.naturalOrder());
    }

    /** The rows of all objects of a scan, merged in its order. */
    Flux<Tuple> scan(Plan.Scan scan) {
        return scan(scan.objects(), scan.hint(), scan.fields(), scan.order());
    }

    /** Rows again, of the same snapshot. */
    Flux<Tuple> again(SourceObjects objects, Hint hint) {
        return scan(objects, hint, Optional.empty(), Plan.Order.ANY);
    }

    private Flux<Tuple> scan(SourceObjects objects, Hint hint, Optional<Set<String>> fields, Plan.Order order) {
        return Flux.defer(() -> {
            var tally = progress.begin(objects, hint);
            return scan(objects, new ScanRequest(hint, fields, order, OptionalLong.empty(), tally));
        });
    }

    private Flux<Tuple> scan(SourceObjects objects, ScanRequest request) {
        var opened = views.getOrDefault(objects, List.of());
        var scans =
                opened.stream().map(view -> tuples(view, view.scan(request))).toList();
        if (scans.size() == 1) {
            return scans.getFirst();
        }
        Comparator<Tuple> oldestFirst = Comparator.comparing(Tuple::order);
        return switch (request.order()) {
            case ANY -> Flux.concat(scans);
            case OLDEST_FIRST -> Flux.mergeComparing(PREFETCH, oldestFirst, array(scans));
            case NEWEST_FIRST -> Flux.mergeComparing(PREFETCH, oldestFirst.reversed(), array(scans));
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type has no other way.
    private static Flux<Tuple>[] array(List<Flux<Tuple>> scans) {
        return scans.toArray(new Flux[0]);
    }

    /** Rows of the view as steps take them. */
    Flux<Tuple> tuples(RowView view, Flux<SourceRow> rows) {
        long object = objectOrder(view);
        return rows.publishOn(work, PREFETCH).map(row -> tuple(object, row));
    }

    Tuple tuple(RowView view, SourceRow row) {
        return tuple(objectOrder(view), row);
    }

    private static long objectOrder(RowView view) {
        return Placement.hash(view.object().toString());
    }

    @SuppressWarnings("ReferenceEquality") // There is one such row.
    private static Tuple tuple(long object, SourceRow row) {
        if (row == LooseWish.UNREAD) {
            return UNREAD;
        }
        return Tuple.of(
                new JsonDocument(row.json()), new RowOrder(row.paginationNumber(), Placement.hash(row.id()), object));
    }

    /** One view after another. */
    List<RowView> views(SourceObjects objects) {
        return views.getOrDefault(objects, List.of());
    }

    Scheduler work() {
        return work;
    }
}
