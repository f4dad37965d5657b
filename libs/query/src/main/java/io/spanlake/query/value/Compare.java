package io.spanlake.query.value;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How values compare. Two relations:
 *
 * <ol>
 *   <li>In conditions ({@link #same}, {@link #order}): numbers by value, strings by code points, false before true, times by
 *       instant; a string or number beside a time is read as one; arrays and objects are the same by content. Values of
 *       other pairs of types are not the same, and neither is smaller: {@code order} is empty.
 *   <li>In sorts ({@link #SORTED}): every value has its place: boolean, number, interval, time, string, array, object. Nulls
 *       are not its concern.
 * </ol>
 */
public final class Compare {
    /** Total; 0 exactly for values with the same {@link Canonical} form. */
    public static final Comparator<Value> SORTED = Compare::sorted;

    private static final Duration MONTH = Duration.ofDays(30);

    private Compare() {}

    /** Whether two values that are not null are the same. */
    public static boolean same(Value a, Value b) {
        if (a instanceof TextValue(var x) && b instanceof TextValue(var y)) {
            return x.equals(y);
        }
        if (a instanceof TimeValue time) {
            return instant(b).filter(time.instant()::equals).isPresent();
        }
        if (b instanceof TimeValue time) {
            return instant(a).filter(time.instant()::equals).isPresent();
        }
        return rank(a) == rank(b) && sorted(a, b) == 0;
    }

    /** Which of two values that are not null is smaller; empty where that cannot be said. */
    public static OptionalInt order(Value a, Value b) {
        if (a instanceof TimeValue || b instanceof TimeValue) {
            var x = instant(a);
            var y = instant(b);
            return x.isPresent() && y.isPresent() ? OptionalInt.of(x.get().compareTo(y.get())) : OptionalInt.empty();
        }
        return rank(a) == rank(b) ? OptionalInt.of(sorted(a, b)) : OptionalInt.empty();
    }

    private static Optional<Instant> instant(Value value) {
        return Times.of(value) instanceof TimeValue time ? Optional.of(time.instant()) : Optional.empty();
    }

    private static int sorted(Value a, Value b) {
        int byRank = Integer.compare(rank(a), rank(b));
        if (byRank != 0) {
            return byRank;
        }
        return switch (a) {
            case NullValue _ -> 0;
            case BooleanValue x -> x.compareTo((BooleanValue) b);
            case NumberValue x -> numbers(x, (NumberValue) b);
            case IntervalValue x -> intervals(x, (IntervalValue) b);
            case TimeValue x -> x.instant().compareTo(((TimeValue) b).instant());
            case TextValue x -> CodePoints.compare(x.text(), ((TextValue) b).text());
            case ArrayValue x -> arrays(x, (ArrayValue) b);
            case ObjectValue x -> objects(x, (ObjectValue) b);
        };
    }

    public static int numbers(NumberValue a, NumberValue b) {
        if (a instanceof LongValue(var x) && b instanceof LongValue(var y)) {
            return Long.compare(x, y);
        }
        return a.decimal().compareTo(b.decimal());
    }

    private static int intervals(IntervalValue a, IntervalValue b) {
        int byLength = length(a).compareTo(length(b));
        return byLength != 0 ? byLength : Long.compare(a.months(), b.months());
    }

    private static Duration length(IntervalValue interval) {
        return interval.duration().plus(MONTH.multipliedBy(interval.months()));
    }

    private static int arrays(ArrayValue a, ArrayValue b) {
        int common = Math.min(a.items().size(), b.items().size());
        for (int i = 0; i < common; i++) {
            int byItem = sorted(a.items().get(i), b.items().get(i));
            if (byItem != 0) {
                return byItem;
            }
        }
        return Integer.compare(a.items().size(), b.items().size());
    }

    /** By the sorted keys, then by their values: objects with the same content are the same in any order. */
    private static int objects(ObjectValue a, ObjectValue b) {
        var x = a.fields().keySet().stream().sorted(CodePoints::compare).toList();
        var y = b.fields().keySet().stream().sorted(CodePoints::compare).toList();
        int common = Math.min(x.size(), y.size());
        for (int i = 0; i < common; i++) {
            int byKey = CodePoints.compare(x.get(i), y.get(i));
            if (byKey == 0) {
                byKey = sorted(a.get(x.get(i)), b.get(y.get(i)));
            }
            if (byKey != 0) {
                return byKey;
            }
        }
        return Integer.compare(x.size(), y.size());
    }

    private static int rank(Value value) {
        return switch (value) {
            case NullValue _ -> 0;
            case BooleanValue _ -> 1;
            case NumberValue _ -> 2;
            case IntervalValue _ -> 3;
            case TimeValue _ -> 4;
            case TextValue _ -> 5;
            case ArrayValue _ -> 6;
            case ObjectValue _ -> 7;
        };
    }
}
