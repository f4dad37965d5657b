package io.spanlake.query.plan;

import io.spanlake.query.match.WordQuery;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What every row that a query needs satisfies, in terms that a store can answer. Rows that do not satisfy it may be given all
 * the same: the query's own conditions are always computed. Where a path can mean several places ({@code a.b.c} also finds
 * the key {@code b.c}), any of them suffices.
 */
public sealed interface Hint {
    Hint ALL = new And(List.of());

    /** All of them; of none, every row. */
    record And(List<Hint> all) implements Hint {
        public And {
            all = List.copyOf(all);
        }
    }

    /** At least one of them; of none, no row. */
    record Or(List<Hint> any) implements Hint {
        public Or {
            any = List.copyOf(any);
        }
    }

    /** A scalar with one of the values stands at one of the places. Times never come as values here. */
    record Equal(List<FieldPath> paths, List<Value> values) implements Hint {
        public Equal {
            paths = List.copyOf(paths);
            values = List.copyOf(values);
        }
    }

    /** Something that is not null stands at one of the places. */
    record Exists(List<FieldPath> paths) implements Hint {
        public Exists {
            paths = List.copyOf(paths);
        }
    }

    /** A number, or a string where the bounds are strings, between the bounds stands at one of the places. */
    record Range(List<FieldPath> paths, Optional<Bound> least, Optional<Bound> most) implements Hint {
        public Range {
            paths = List.copyOf(paths);
        }
    }

    record Bound(Value value, boolean included) {}

    /** The field {@code created}, as an instant, lies between, both included; rows whose field is no time need not come. */
    record Created(Optional<Instant> first, Optional<Instant> last) implements Hint {}

    /** {@code _xact_id} or {@code _pagination_key} as unsigned numbers, both included. */
    record Stamps(Field field, Optional<Long> first, Optional<Long> last) implements Hint {
        public enum Field {
            TRANSACTION,
            PAGINATION
        }
    }

    /** The words of each item stand side by side within one string of the top-level field; in any string, any order. */
    record Words(String field, List<WordQuery.Item> items) implements Hint {
        public Words {
            items = List.copyOf(items);
        }
    }

    /** Each text stands within one string of the top-level field, or in its JSON. */
    record Substrings(String field, List<String> texts, boolean anyCase) implements Hint {
        public Substrings {
            texts = List.copyOf(texts);
        }
    }

    /**
     * Nothing that a store can answer, but what tells the condition from others of which it would say the same: what rows have
     * shown is known of a hint.
     *
     * @param steps of the field
     * @param test  that its value is put to; empty where the hint beside this says it
     */
    record Of(List<Step> steps, String test) implements Hint {
        public Of {
            steps = List.copyOf(steps);
        }
    }
}
