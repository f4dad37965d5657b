package io.spanlake.query.function;

import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** {@code day(t)} and the like cut off; {@code extract} takes out. */
final class TimeFunctions {
    private TimeFunctions() {}

    static void register(Functions.Registry all) {
        for (var unit : List.of("second", "minute", "hour", "day", "week", "month", "quarter", "year")) {
            all.strict(unit, 1, ValueType.TIME, (context, a) -> truncated(context, unit, a.getFirst()));
        }
        all.strict("date_trunc", 2, ValueType.TIME, (context, a) -> bucket(context, a.get(0), a.get(1)));
        all.strict("now", 0, ValueType.TIME, (context, _) -> TimeValue.of(context.now()));
        all.alias("current_timestamp", "now");
        all.strict(
                "current_date",
                0,
                ValueType.TIME,
                (context, _) -> TimeValue.of(TimeUnits.truncated("day", context.now(), context.minutesWest())));
        all.strict("extract", 2, ValueType.NUMBER, (context, a) -> extract(context, a.get(0), a.get(1)));
        all.alias("date_part", "extract");
        all.strict(
                "epoch",
                1,
                ValueType.NUMBER,
                (_, a) -> Times.of(a.getFirst()) instanceof TimeValue time ? epoch(time) : NullValue.NULL);
    }

    private static Value truncated(QueryContext context, String unit, Value value) {
        return Times.of(value) instanceof TimeValue time
                ? TimeValue.of(TimeUnits.truncated(unit, time.instant(), context.minutesWest()))
                : NullValue.NULL;
    }

    private static Value bucket(QueryContext context, Value unit, Value value) {
        return unit instanceof TextValue(var name) && Times.of(value) instanceof TimeValue time
                ? TimeValue.of(TimeUnits.bucket(name, time.instant(), context.minutesWest()))
                : NullValue.NULL;
    }

    private static Value extract(QueryContext context, Value unit, Value value) {
        if (!(unit instanceof TextValue(var name)) || !(Times.of(value) instanceof TimeValue time)) {
            return NullValue.NULL;
        }
        var part = name.toLowerCase(Locale.ROOT);
        if (part.equals("epoch")) {
            return epoch(time);
        }
        var local = LocalDateTime.ofInstant(time.instant(), ZoneOffset.UTC).minusMinutes(context.minutesWest());
        return new LongValue(TimeUnits.part(part, local));
    }

    static Value epoch(TimeValue time) {
        var instant = time.instant();
        long seconds = instant.getEpochSecond();
        int nanos = instant.getNano();
        return NumberValue.of(
                BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9).stripTrailingZeros()));
    }
}
