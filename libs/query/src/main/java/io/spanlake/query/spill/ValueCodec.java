package io.spanlake.query.spill;

import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.DecimalValue;
import io.spanlake.query.value.IntervalValue;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Values as bytes, as they are: a time stays a time, a number keeps its text. Of this process alone. */
final class ValueCodec {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int LONG = 3;
    private static final int DECIMAL = 4;
    private static final int TEXT = 5;
    private static final int TIME = 6;
    private static final int INTERVAL = 7;
    private static final int ARRAY = 8;
    private static final int OBJECT = 9;

    private ValueCodec() {}

    static void write(Value value, DataOutput out) throws IOException {
        switch (value) {
            case NullValue _ -> out.writeByte(NULL);
            case BooleanValue flag -> out.writeByte(flag.isTrue() ? TRUE : FALSE);
            case LongValue(var number) -> {
                out.writeByte(LONG);
                out.writeLong(number);
            }
            case DecimalValue decimal -> {
                out.writeByte(DECIMAL);
                write(decimal.text(), out);
            }
            case TextValue(var text) -> {
                out.writeByte(TEXT);
                write(text, out);
            }
            case TimeValue time -> {
                var instant = time.instant();
                out.writeByte(TIME);
                out.writeLong(instant.getEpochSecond());
                out.writeInt(instant.getNano());
                write(time.text(), out);
            }
            case IntervalValue(var months, var duration) -> {
                out.writeByte(INTERVAL);
                out.writeLong(months);
                out.writeLong(duration.getSeconds());
                out.writeInt(duration.getNano());
            }
            case ArrayValue(var items) -> {
                out.writeByte(ARRAY);
                write(items, out);
            }
            case ObjectValue(var fields) -> {
                out.writeByte(OBJECT);
                out.writeInt(fields.size());
                for (var field : fields.entrySet()) {
                    write(field.getKey(), out);
                    write(field.getValue(), out);
                }
            }
        }
    }

    static void write(List<Value> values, DataOutput out) throws IOException {
        out.writeInt(values.size());
        for (var value : values) {
            write(value, out);
        }
    }

    /** In UTF-8 where that tells it all, else in UTF-16: half a character stays one. */
    private static void write(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean whole = new String(bytes, StandardCharsets.UTF_8).equals(text);
        out.writeBoolean(whole);
        if (whole) {
            out.writeInt(bytes.length);
            out.write(bytes);
        } else {
            out.writeInt(text.length());
            out.writeChars(text);
        }
    }

    private static String text(DataInput in) throws IOException {
        boolean whole = in.readBoolean();
        int length = in.readInt();
        if (!whole) {
            var text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append(in.readChar());
            }
            return text.toString();
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static Value read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case NULL -> NullValue.NULL;
            case FALSE -> BooleanValue.FALSE;
            case TRUE -> BooleanValue.TRUE;
            case LONG -> new LongValue(in.readLong());
            case DECIMAL -> NumberValue.parse(text(in));
            case TEXT -> new TextValue(text(in));
            case TIME -> TimeValue.of(Instant.ofEpochSecond(in.readLong(), in.readInt()), text(in));
            case INTERVAL -> new IntervalValue(in.readLong(), Duration.ofSeconds(in.readLong(), in.readInt()));
            case ARRAY -> new ArrayValue(values(in));
            case OBJECT -> {
                int count = in.readInt();
                var fields = new LinkedHashMap<String, Value>();
                for (int i = 0; i < count; i++) {
                    var name = text(in);
                    fields.put(name, read(in));
                }
                yield new ObjectValue(fields);
            }
            default -> throw new IOException("no kind of value: " + kind);
        };
    }

    static List<Value> values(DataInput in) throws IOException {
        int count = in.readInt();
        var values = new ArrayList<Value>();
        for (int i = 0; i < count; i++) {
            values.add(read(in));
        }
        return values;
    }
}
