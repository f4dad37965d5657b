package io.spanlake.query.function;

import io.spanlake.query.value.IntervalValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code to_…(x)}, and the types of {@code CAST}. */
public final class CastFunctions {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("varchar", "to_string"),
            Map.entry("char", "to_string"),
            Map.entry("text", "to_string"),
            Map.entry("string", "to_string"),
            Map.entry("integer", "to_integer"),
            Map.entry("int", "to_integer"),
            Map.entry("bigint", "to_integer"),
            Map.entry("smallint", "to_integer"),
            Map.entry("double", "to_number"),
            Map.entry("float", "to_number"),
            Map.entry("real", "to_number"),
            Map.entry("numeric", "to_number"),
            Map.entry("decimal", "to_number"),
            Map.entry("number", "to_number"),
            Map.entry("boolean", "to_boolean"),
            Map.entry("bool", "to_boolean"),
            Map.entry("date", "to_date"),
            Map.entry("timestamp", "to_datetime"),
            Map.entry("timestamptz", "to_datetime"),
            Map.entry("datetime", "to_datetime"),
            Map.entry("interval", "to_interval"),
            Map.entry("json", "to_json"),
            Map.entry("jsonb", "to_json"));

    private CastFunctions() {}

    /** @param type in lower case */
    public static Optional<ScalarFunction> to(String type) {
        return Optional.ofNullable(TYPES.get(type)).flatMap(Functions::named);
    }

    public static Set<String> types() {
        return TYPES.keySet();
    }

    static void register(Functions.Registry all) {
        all.strict("to_string", 1, ValueType.STRING, (_, a) -> Casts.text(a.getFirst()));
        all.strict("to_number", 1, ValueType.NUMBER, (_, a) -> Casts.number(a.getFirst()));
        all.strict("to_integer", 1, ValueType.INTEGER, (_, a) -> Casts.integer(a.getFirst()));
        all.strict("to_boolean", 1, ValueType.BOOLEAN, (_, a) -> Casts.bool(a.getFirst()));
        all.strict("to_datetime", 1, ValueType.TIME, (_, a) -> Times.of(a.getFirst()));
        all.strict("to_date", 1, ValueType.TIME, (context, a) -> date(context, a.getFirst()));
        all.strict("to_interval", 1, ValueType.INTERVAL, (_, a) -> interval(a.getFirst()));
        all.strict("to_json", 1, ValueType.ANY, (_, a) -> json(a.getFirst()));
    }

    private static Value date(QueryContext context, Value value) {
        return Times.of(value) instanceof TimeValue time
                ? TimeValue.of(TimeUnits.truncated("day", time.instant(), context.minutesWest()))
                : NullValue.NULL;
    }

    private static Value json(Value value) {
        return value instanceof TextValue(var text) ? JsonValues.parse(text).orElse(NullValue.NULL) : value;
    }

    /** Seconds, or ISO-8601 as {@code PT5M}, or {@code 5 minutes}. */
    private static Value interval(Value value) {
        try {
            return switch (value) {
                case IntervalValue interval -> interval;
                case NumberValue number ->
                    new IntervalValue(
                            0,
                            Duration.ofNanos(number.decimal()
                                    .movePointRight(9)
                                    .setScale(0, RoundingMode.HALF_UP)
                                    .longValueExact()));
                case TextValue(var text) when text.startsWith("P") -> new IntervalValue(0, Duration.parse(text));
                case TextValue(var text) -> TimeUnits.interval(text.strip());
                default -> NullValue.NULL;
            };
        } catch (DateTimeParseException | ArithmeticException e) {
            return NullValue.NULL;
        }
    }
}
