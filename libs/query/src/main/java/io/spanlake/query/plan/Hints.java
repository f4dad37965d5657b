package io.spanlake.query.plan;

import io.spanlake.model.TransactionId;
import io.spanlake.query.match.RequiredText;
import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import io.spanlake.storage.part.index.FieldPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What conditions say that a store can answer. Conditions that it cannot say nothing: the hint is then wider. Pure. */
public final class Hints {
    private static final int KEYS_MAX = 5;
    /** Fields that rows show and that need not stand in what is stored of them. */
    private static final Set<String> COMPUTED = Set.of(
            "comments",
            "audit_data",
            "org_id",
            "log_id",
            "project_id",
            "experiment_id",
            "dataset_id",
            "prompt_session_id",
            "span_parents");

    private Hints() {}

    public static Hint of(Scalar condition) {
        return switch (condition) {
            case Scalar.And(var operands) ->
                and(operands.stream().map(Hints::of).toList());
            case Scalar.Or(var operands) -> or(operands.stream().map(Hints::of).toList());
            case Scalar.Not(Scalar.IsNull(var operand)) ->
                operand instanceof Scalar.Field field ? exists(field) : Hint.ALL;
            case Scalar.Compare compare -> compare(compare);
            case Scalar.In(Scalar.Field field, var members) -> in(field, members);
            case Scalar.Match(Scalar.Field field, var words) ->
                words.required().isEmpty() || COMPUTED.contains(field.top())
                        ? Hint.ALL
                        : new Hint.Words(field.top(), words.required());
            case Scalar.Like(Scalar.Field field, var pattern) ->
                only(
                        within(field, pattern.literals(), pattern.anyCase()),
                        field,
                        (pattern.anyCase() ? "ilike " : "like ") + pattern.text());
            case Scalar.Regex(Scalar.Field field, var pattern) ->
                only(
                        pattern.required()
                                .map(required -> within(field, required, pattern.anyCase()))
                                .orElseGet(() -> exists(field)),
                        field,
                        pattern.flags() + " ~ " + pattern.text());
            case Scalar.Includes(Scalar.Field field, Scalar.Constant(var value))
            when field.type() == ValueType.ARRAY
                    && isScalar(value)
                    && !paths(field).isEmpty() ->
                new Hint.Equal(paths(field).stream().map(FieldPath::items).toList(), List.of(value));
            case Scalar.Includes(Scalar.Field field, var ignoredNeedle) -> exists(field);
            case Scalar.Field field when field.type() == ValueType.BOOLEAN -> equal(field, BooleanValue.TRUE);
            case Scalar.Is(Scalar.Field field, var what) -> equal(field, BooleanValue.of(what));
            case Scalar.Constant(var value) -> value == BooleanValue.TRUE ? Hint.ALL : new Hint.Or(List.of());
            default -> Hint.ALL;
        };
    }

    public static Hint and(List<Hint> hints) {
        var all = new ArrayList<Hint>();
        for (var hint : hints) {
            if (hint instanceof Hint.And(var inner)) {
                all.addAll(inner);
            } else {
                all.add(hint);
            }
        }
        return all.size() == 1 ? all.getFirst() : new Hint.And(all);
    }

    public static Hint or(List<Hint> hints) {
        if (hints.stream().anyMatch(Hint.ALL::equals)) {
            return Hint.ALL;
        }
        return hints.size() == 1 ? hints.getFirst() : new Hint.Or(hints);
    }

    private static Hint within(Scalar.Field field, List<String> texts, boolean anyCase) {
        return texts.isEmpty()
                ? exists(field)
                : and(List.of(exists(field), new Hint.Substrings(field.top(), texts, anyCase)));
    }

    private static Hint within(Scalar.Field field, RequiredText required, boolean anyCase) {
        return switch (required) {
            case RequiredText.Plain(var text) -> within(field, List.of(text), anyCase);
            case RequiredText.All(var all) ->
                and(all.stream().map(each -> within(field, each, anyCase)).toList());
            case RequiredText.Any(var any) ->
                or(any.stream().map(each -> within(field, each, anyCase)).toList());
        };
    }

    private static Hint compare(Scalar.Compare compare) {
        if (compare.left() instanceof Scalar.Field field && compare.right() instanceof Scalar.Constant(var value)) {
            return compare(field, compare.operator(), value);
        }
        if (compare.right() instanceof Scalar.Field field && compare.left() instanceof Scalar.Constant(var value)) {
            return compare(field, mirrored(compare.operator()), value);
        }
        return Hint.ALL;
    }

    private static Comparison mirrored(Comparison operator) {
        return switch (operator) {
            case LESS -> Comparison.GREATER;
            case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case GREATER -> Comparison.LESS;
            case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
            default -> operator;
        };
    }

    private static Hint compare(Scalar.Field field, Comparison operator, Value value) {
        if (value.isNull()) {
            return switch (operator) {
                case NULL_SAFE_EQUAL -> Hint.ALL;
                case NULL_SAFE_UNEQUAL -> exists(field);
                default -> new Hint.Or(List.of());
            };
        }
        if (field.type() == ValueType.TIME) {
            return field.steps().size() == 1 && field.top().equals("created") ? created(operator, value) : Hint.ALL;
        }
        if (field.steps().size() == 1 && value instanceof TextValue(var text)) {
            if (field.top().equals("_xact_id")) {
                return stamps(Hint.Stamps.Field.TRANSACTION, operator, transaction(text));
            }
            if (field.top().equals("_pagination_key")) {
                return stamps(Hint.Stamps.Field.PAGINATION, operator, pagination(text));
            }
        }
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> equal(field, value);
            case UNEQUAL -> exists(field);
            case NULL_SAFE_UNEQUAL -> Hint.ALL;
            case LESS -> range(field, Optional.empty(), Optional.of(new Hint.Bound(value, false)));
            case LESS_OR_EQUAL -> range(field, Optional.empty(), Optional.of(new Hint.Bound(value, true)));
            case GREATER -> range(field, Optional.of(new Hint.Bound(value, false)), Optional.empty());
            case GREATER_OR_EQUAL -> range(field, Optional.of(new Hint.Bound(value, true)), Optional.empty());
        };
    }

    private static Hint range(Scalar.Field field, Optional<Hint.Bound> least, Optional<Hint.Bound> most) {
        var paths = paths(field);
        var value = least.or(() -> most).map(Hint.Bound::value);
        boolean orders = value.filter(bound -> bound instanceof NumberValue || bound instanceof TextValue)
                .isPresent();
        return paths.isEmpty() || !orders ? Hint.ALL : ofItem(field, new Hint.Range(paths, least, most));
    }

    private static boolean isScalar(Value value) {
        return value instanceof TextValue || value instanceof NumberValue || value instanceof BooleanValue;
    }

    private static Hint equal(Scalar.Field field, Value value) {
        var paths = paths(field);
        return paths.isEmpty() || !isScalar(value) ? Hint.ALL : ofItem(field, new Hint.Equal(paths, List.of(value)));
    }

    private static Hint exists(Scalar.Field field) {
        var paths = paths(field);
        return paths.isEmpty() ? Hint.ALL : ofItem(field, new Hint.Exists(paths));
    }

    /** Of any two items of an array stores are asked the same. */
    private static Hint ofItem(Scalar.Field field, Hint hint) {
        return field.steps().stream().anyMatch(Step.Index.class::isInstance) ? only(hint, field, "") : hint;
    }

    /** The hint of no other condition. */
    private static Hint only(Hint hint, Scalar.Field field, String test) {
        return hint.equals(Hint.ALL) ? hint : and(List.of(hint, new Hint.Of(field.steps(), test)));
    }

    /** Of an array any item may be a member. */
    private static Hint in(Scalar.Field field, Members members) {
        var values = members.values();
        var paths = new ArrayList<>(paths(field));
        if (field.type() == ValueType.TIME
                || paths.isEmpty()
                || !values.stream().allMatch(Hints::isScalar)) {
            return Hint.ALL;
        }
        List.copyOf(paths).forEach(path -> paths.add(path.items()));
        return ofItem(field, new Hint.Equal(paths, values));
    }

    /** Beside what is no time, rows whose {@code created} is none either may be the same: no index tells them. */
    private static Hint created(Comparison operator, Value value) {
        if (!(Times.of(value) instanceof TimeValue time)) {
            return Hint.ALL;
        }
        Optional<Instant> at = Optional.of(time.instant());
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> new Hint.Created(at, at);
            case LESS, LESS_OR_EQUAL -> new Hint.Created(Optional.empty(), at);
            case GREATER, GREATER_OR_EQUAL -> new Hint.Created(at, Optional.empty());
            case UNEQUAL, NULL_SAFE_UNEQUAL -> Hint.ALL;
        };
    }

    private static Optional<Long> transaction(String text) {
        try {
            return text.length() == 19 ? Optional.of(TransactionId.parse(text).value()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> pagination(String text) {
        try {
            return text.length() == 21 && text.charAt(0) == 'p'
                    ? Optional.of(Long.parseUnsignedLong(text.substring(1)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Hint stamps(Hint.Stamps.Field field, Comparison operator, Optional<Long> at) {
        if (at.isEmpty()) {
            return Hint.ALL;
        }
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> new Hint.Stamps(field, at, at);
            case LESS, LESS_OR_EQUAL -> new Hint.Stamps(field, Optional.empty(), at);
            case GREATER, GREATER_OR_EQUAL -> new Hint.Stamps(field, at, Optional.empty());
            case UNEQUAL, NULL_SAFE_UNEQUAL -> Hint.ALL;
        };
    }

    /** All places that a path may mean; none where there are too many, or no index has them. */
    public static List<FieldPath> paths(Scalar.Field field) {
        var steps = field.steps();
        if (steps.size() > KEYS_MAX || COMPUTED.contains(field.top())) {
            return List.of();
        }
        return paths(FieldPath.of(field.top()), steps, 1);
    }

    private static List<FieldPath> paths(FieldPath so, List<Step> steps, int from) {
        if (from == steps.size()) {
            return List.of(so);
        }
        if (steps.get(from) instanceof Step.Index) {
            return paths(so.items(), steps, from + 1);
        }
        var all = new ArrayList<FieldPath>();
        var name = new StringBuilder();
        for (int next = from; next < steps.size() && steps.get(next) instanceof Step.Key(var key); next++) {
            name.append(next == from ? "" : ".").append(key);
            all.addAll(paths(so.key(name.toString()), steps, next + 1));
        }
        return all;
    }
}
