package io.spanlake.query.scan;

import io.spanlake.query.plan.Hint;
import io.spanlake.query.tail.PlacedRows;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ids, or traces, of which every row is that satisfies a hint: the tail knows them without reading. Pure.
 *
 * @param traces a row that names none is of the trace that is called as it is
 */
record NamedRows(Set<String> ids, Set<String> traces) {
    private static final String ID = "id";
    private static final String TRACE = "root_span_id";

    /** Empty where the hint names none. */
    static Optional<NamedRows> of(Hint hint) {
        return switch (hint) {
            case Hint.And(var all) ->
                all.stream().map(NamedRows::of).flatMap(Optional::stream).findFirst();
            case Hint.Or(var any) -> any(any);
            case Hint.Equal(var paths, var values) -> equal(paths, values);
            case Hint.Exists _,
                    Hint.Range _,
                    Hint.Created _,
                    Hint.Stamps _,
                    Hint.Words _,
                    Hint.Substrings _,
                    Hint.Of _ -> Optional.empty();
        };
    }

    private static Optional<NamedRows> any(List<Hint> any) {
        var ids = new HashSet<String>();
        var traces = new HashSet<String>();
        for (var hint : any) {
            var named = of(hint);
            if (named.isEmpty()) {
                return Optional.empty();
            }
            ids.addAll(named.get().ids);
            traces.addAll(named.get().traces);
        }
        return Optional.of(new NamedRows(ids, traces));
    }

    /** Both are texts: no row has an array there, of which an item could be the same. */
    private static Optional<NamedRows> equal(List<FieldPath> paths, List<Value> values) {
        var names = new HashSet<String>();
        for (var value : values) {
            if (value instanceof TextValue(var text)) {
                names.add(text);
            }
        }
        if (areAll(paths, ID)) {
            return Optional.of(new NamedRows(names, Set.of()));
        }
        return areAll(paths, TRACE) ? Optional.of(new NamedRows(names, names)) : Optional.empty();
    }

    private static boolean areAll(List<FieldPath> paths, String field) {
        var value = FieldPath.of(field);
        var item = value.items();
        return paths.stream().allMatch(path -> path.equals(value) || path.equals(item));
    }

    PlacedRows of(PlacedRows rows) {
        return rows.named(ids, traces);
    }
}
