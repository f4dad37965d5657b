package io.spanlake.query.execute;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SourceObjects;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rows in memory; what a store adds to rows is added where it is absent. Rows of a hint that says nothing of them all come. */
public final class MemoryRows implements RowSource {
    private final Map<String, List<SourceRow>> rows = new HashMap<>();
    private final List<ScanRequest> scans = new ArrayList<>();
    private int count;

    /** @param object as a query names it: {@code project_logs('P')} is {@code P} of {@code project_logs} */
    public MemoryRows add(String function, String object, String json) {
        var row = (ObjectValue) JsonValues.parse(json).orElseThrow();
        var stamp = new Stamp(TransactionId.of(1_767_225_600L + count, 1), 0);
        var id = row.get("id") instanceof TextValue(var text) ? text : "row-" + count;
        var full = row.with("id", new TextValue(id));
        full = absent(full, "_xact_id", new TextValue(stamp.transaction().toString()));
        full = full.with("_pagination_key", new TextValue(stamp.paginationKey()));
        full = absent(full, "created", new TextValue(stamp.transaction().time().toString()));
        full = absent(full, "span_id", new TextValue(id));
        full = absent(full, "root_span_id", full.get("span_id"));
        boolean root = !(full.get("span_parents") instanceof ArrayValue(var parents)) || parents.isEmpty();
        full = full.with("is_root", BooleanValue.of(root));
        if (root) {
            full = full.with("span_parents", NullValue.NULL);
        }
        rows.computeIfAbsent(function + "/" + object, _ -> new ArrayList<>())
                .add(new SourceRow(id, stamp.paginationNumber(), ByteSlice.ofUtf8(JsonWriter.json(full))));
        count++;
        return this;
    }

    private static ObjectValue absent(ObjectValue row, String key, Value value) {
        return row.get(key).isNull() ? row.with(key, value) : row;
    }

    /** What was asked of the rows so far. */
    public List<ScanRequest> scans() {
        return scans;
    }

    @Override
    public Mono<List<RowView>> open(SourceObjects objects) {
        return Mono.fromSupplier(
                () -> objects.ids().stream().map(id -> view(objects, id)).toList());
    }

    private RowView view(SourceObjects objects, String id) {
        var found = rows.get(objects.function() + "/" + id);
        if (found == null) {
            throw QueryFault.of(QueryFault.Kind.FORBIDDEN, "no object " + id, objects.place())
                    .exception();
        }
        return new RowView() {
            @Override
            public ObjectRef object() {
                return new ObjectRef(ObjectType.PROJECT_LOGS, id);
            }

            @Override
            public Flux<SourceRow> scan(ScanRequest request) {
                scans.add(request);
                var oldestFirst = Comparator.<SourceRow>comparingLong(row -> row.paginationNumber() ^ Long.MIN_VALUE)
                        .thenComparingLong(row -> Placement.hash(row.id()) ^ Long.MIN_VALUE);
                var order = request.order() == Plan.Order.NEWEST_FIRST ? oldestFirst.reversed() : oldestFirst;
                return Flux.fromStream(() -> found.stream().sorted(order))
                        .doOnNext(row -> request.watch().read("memory", row));
            }

            @Override
            public Optional<TransactionId> closed() {
                return Optional.empty();
            }
        };
    }
}
