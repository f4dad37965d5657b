package io.spanlake.queryservice.source;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.execute.ScanRequest;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;

/**
 * A row for each write that a row is made of, instead of the row: with the write's {@code _xact_id}, and {@code audit_data} as what
 * it did. The newest has the values of the row; of those before it who wrote, how and when is known.
 */
final class AuditedRows implements RowView {
    private static final Set<String> OF_ALL_WRITES = Set.of(
            "id",
            "created",
            "_pagination_key",
            "span_id",
            "root_span_id",
            "is_root",
            "project_id",
            "org_id",
            "log_id",
            "experiment_id",
            "dataset_id",
            "prompt_session_id");
    private static final Set<FieldPath> ASKED = Set.of(FieldPath.of("id"), FieldPath.of("root_span_id"));

    private final RowView rows;

    AuditedRows(RowView rows) {
        this.rows = rows;
    }

    @Override
    public ObjectRef object() {
        return rows.object();
    }

    @Override
    public Optional<TransactionId> closed() {
        return rows.closed();
    }

    @Override
    public Flux<SourceRow> scan(ScanRequest request) {
        var wider = new ScanRequest(
                ofAllWrites(request.hint()), Optional.empty(), request.order(), request.rows(), request.watch());
        return rows.scan(wider).concatMapIterable(row -> writes(row, request.order() == Plan.Order.NEWEST_FIRST));
    }

    /** What is true of all writes of a row where it is of one; a row's newest transaction is not. */
    private static Hint ofAllWrites(Hint hint) {
        return switch (hint) {
            case Hint.And(var all) ->
                new Hint.And(all.stream().map(AuditedRows::ofAllWrites).toList());
            case Hint.Equal equal -> ASKED.containsAll(equal.paths()) ? equal : Hint.ALL;
            default -> Hint.ALL;
        };
    }

    private static List<SourceRow> writes(SourceRow row, boolean newestFirst) {
        if (!(JsonValues.of(row.json()) instanceof ObjectValue fields)
                || !(fields.get("audit_data") instanceof ArrayValue(var entries))) {
            return List.of(row);
        }
        var writes = new ArrayList<SourceRow>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof ObjectValue entry) {
                writes.add(write(row, fields, entry, i == entries.size() - 1));
            }
        }
        var order = Comparator.<SourceRow>comparingLong(write -> Placement.hash(write.id()) ^ Long.MIN_VALUE);
        writes.sort(newestFirst ? order.reversed() : order);
        return writes;
    }

    private static SourceRow write(SourceRow row, ObjectValue fields, ObjectValue entry, boolean newest) {
        var json = new LinkedHashMap<String, Value>();
        fields.fields().forEach((name, value) -> {
            if (newest || OF_ALL_WRITES.contains(name)) {
                json.put(name, value);
            }
        });
        json.put("_xact_id", entry.get("_xact_id"));
        json.put("audit_data", entry.get("audit_data"));
        json.put("audit_metadata", entry.get("metadata"));
        json.put("audit_source", entry.get("source"));
        var transaction = entry.get("_xact_id") instanceof TextValue(var text) ? text : "";
        return new SourceRow(
                row.id() + '\u0000' + transaction,
                row.paginationNumber(),
                ByteSlice.ofUtf8(JsonWriter.json(new ObjectValue(json))));
    }
}
