package io.spanlake.query.browse;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Placement;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.PageCursor;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Pages of a sorted list by the engine, which finds the first rows of a sort by columns. It knows one direction: what lies before
 * a row is what lies behind it under the opposite sort, but for rows without a first key, which come last in both.
 */
final class EngineList {
    private static final String KEY = "value ";
    private static final String PAGINATION = "_pagination_key";

    private final QuestionBinder binder;
    private final ListRequest request;
    private final ListReader reader;
    private final long bytesMax;
    private final List<Query.SortKey> sort;

    EngineList(QuestionBinder binder, ListRequest request, ListReader reader, long bytesMax) {
        this.binder = binder;
        this.request = request;
        this.reader = reader;
        this.bytesMax = bytesMax;
        this.sort = request.sort().stream().map(QuestionBinder::sortKey).toList();
    }

    /** Empty where the engine cannot give it, or takes more than it may. */
    Mono<ListPage> page(EngineRun engine) {
        var cursor = reader.cursor();
        if (request.before().isEmpty()) {
            return page(engine, sort, cursor, Optional.empty());
        }
        var before = cursor.orElseThrow();
        if (before.keys().getFirst().isNull()) {
            return Mono.empty();
        }
        var keys = new ArrayList<>(before.keys());
        keys.add(new TextValue("p" + "0".repeat(20 - digits(before).length()) + digits(before)));
        Expr hasKey = new Expr.Not(new Expr.Is(sort.getFirst().value(), NullValue.NULL, Place.NONE), Place.NONE);
        return page(engine, opposite(), Optional.of(new CursorPoint(keys, before.order())), Optional.of(hasKey));
    }

    private static String digits(CursorPoint point) {
        return Long.toUnsignedString(point.order().key());
    }

    private List<Query.SortKey> opposite() {
        var keys = new ArrayList<Query.SortKey>();
        for (var key : sort) {
            keys.add(new Query.SortKey(key.value(), !key.descending(), Optional.of(!keys.isEmpty())));
        }
        keys.add(new Query.SortKey(QuestionBinder.name(PAGINATION), false, Optional.empty()));
        return keys;
    }

    private Mono<ListPage> page(
            EngineRun engine, List<Query.SortKey> keys, Optional<CursorPoint> behind, Optional<Expr> condition) {
        var values = request.sort().stream().map(QuestionBinder::sortExpression).toList();
        var query = binder.sorted(request.rows(), values, keys, condition, request.limit());
        long fingerprint = binder.plan(query).fingerprint();
        var text = behind.flatMap(point -> PageCursor.text(point, fingerprint));
        if (text.isPresent() != behind.isPresent()) {
            return Mono.empty();
        }
        return engine.rows(binder.plan(text.map(query::withCursor).orElse(query)))
                .map(found -> page(found.rows(), found.more()));
    }

    private ListPage page(List<ObjectValue> rows, boolean more) {
        var taken = new ArrayList<SortedRow>();
        long bytes = 0;
        for (var row : rows) {
            if (bytes >= bytesMax) {
                break;
            }
            var sorted = new SortedRow(place(row), request.preview().of(json(row)));
            bytes += sorted.json().length();
            taken.add(sorted);
        }
        boolean onward = !taken.isEmpty() && (more || taken.size() < rows.size());
        return reader.pageOf(taken, onward ? Optional.of(taken.getLast().place()) : Optional.empty());
    }

    private CursorPoint place(ObjectValue row) {
        var keys = new ArrayList<Value>();
        for (int i = 0; i < sort.size(); i++) {
            keys.add(row.get(KEY + i));
        }
        long key = row.get(PAGINATION) instanceof TextValue(var text) ? Long.parseUnsignedLong(text.substring(1)) : 0;
        var id = row.get("id") instanceof TextValue(var text) ? text : "";
        return new CursorPoint(keys, new RowOrder(key, Placement.hash(id), 0));
    }

    /** A member that is null says what one that is missing says. */
    private ByteSlice json(ObjectValue row) {
        var members = new LinkedHashMap<String, Value>();
        row.fields().forEach((name, value) -> {
            if (!name.startsWith(KEY) && !value.isNull()) {
                members.put(name, value);
            }
        });
        return ByteSlice.ofUtf8(JsonWriter.json(new ObjectValue(members)));
    }
}
