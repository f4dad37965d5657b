package io.spanlake.query.function;

import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.IntervalValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Values as values of another type; null where that cannot be. */
public final class Casts {
    private static final int NUMBER_CHARS_MAX = 1_000;

    private Casts() {}

    /** Strings as they are, all else as JSON. */
    public static Value text(Value value) {
        return switch (value) {
            case NullValue n -> n;
            case TextValue text -> text;
            case TimeValue time -> new TextValue(time.text());
            case IntervalValue interval -> new TextValue(interval.text());
            default -> new TextValue(JsonWriter.json(value));
        };
    }

    /** The text of a value that is not null. */
    static String string(Value value) {
        return text(value) instanceof TextValue(var text) ? text : "";
    }

    static Value number(Value value) {
        return switch (value) {
            case NumberValue number -> number;
            case BooleanValue flag -> flag.isTrue() ? LongValue.ONE : LongValue.ZERO;
            case TextValue(var text) -> parsed(text.strip());
            case TimeValue time -> TimeFunctions.epoch(time);
            default -> NullValue.NULL;
        };
    }

    private static Value parsed(String text) {
        if (text.isEmpty() || text.length() > NUMBER_CHARS_MAX) {
            return NullValue.NULL;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return NullValue.NULL;
            }
        }
        try {
            return NumberValue.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return NullValue.NULL;
        }
    }

    /** Without what is behind the point. */
    static Value integer(Value value) {
        if (!(number(value) instanceof NumberValue number)) {
            return NullValue.NULL;
        }
        if (number instanceof LongValue) {
            return number;
        }
        var decimal = number.decimal();
        return decimal.precision() - decimal.scale() > 19
                ? NullValue.NULL
                : wholeOrNull(decimal.setScale(0, RoundingMode.DOWN));
    }

    private static Value wholeOrNull(BigDecimal whole) {
        return NumberValue.of(whole) instanceof LongValue number ? number : NullValue.NULL;
    }

    static Value bool(Value value) {
        return switch (value) {
            case BooleanValue flag -> flag;
            case NumberValue number -> BooleanValue.of(number.decimal().signum() != 0);
            case TextValue(var text) ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "t", "yes", "1" -> BooleanValue.TRUE;
                    case "false", "f", "no", "0" -> BooleanValue.FALSE;
                    default -> NullValue.NULL;
                };
            default -> NullValue.NULL;
        };
    }
}
