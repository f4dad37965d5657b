package io.spanlake.queryservice.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** How a column is stored, by what is known of its values before any is read. */
enum ColumnKind {
    BOOLEAN(PrimitiveTypeName.BOOLEAN),
    INTEGER(PrimitiveTypeName.INT64),
    NUMBER(PrimitiveTypeName.DOUBLE),
    /** An instant in microseconds. */
    TIME(PrimitiveTypeName.INT64),
    TEXT(PrimitiveTypeName.BINARY),
    /** Values of any kind, as the text of their JSON. */
    JSON(PrimitiveTypeName.BINARY);

    private static final int NOT_NULL = 1;

    private final PrimitiveTypeName stored;

    ColumnKind(PrimitiveTypeName stored) {
        this.stored = stored;
    }

    static ColumnKind of(ValueType type) {
        return switch (type) {
            case BOOLEAN -> BOOLEAN;
            case INTEGER -> INTEGER;
            case NUMBER -> NUMBER;
            case TIME -> TIME;
            case STRING, INTERVAL -> TEXT;
            case ARRAY, OBJECT, ANY -> JSON;
        };
    }

    /** For the library's encoders. */
    PrimitiveType type(String name) {
        var type = Types.optional(stored);
        return switch (this) {
            case BOOLEAN, INTEGER, NUMBER -> type.named(name);
            case TIME -> type.as(timestampType(true, MICROS)).named(name);
            case TEXT -> type.as(stringType()).named(name);
            case JSON -> type.as(jsonType()).named(name);
        };
    }

    /** The same for the end of the file: readers of older formats know only the converted type. */
    void describe(SchemaElement element) {
        switch (this) {
            case BOOLEAN, INTEGER, NUMBER -> {}
            case TIME ->
                element.setConverted_type(ConvertedType.TIMESTAMP_MICROS)
                        .setLogicalType(
                                LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MICROS(new MicroSeconds()))));
            case TEXT ->
                element.setConverted_type(ConvertedType.UTF8).setLogicalType(LogicalType.STRING(new StringType()));
            case JSON -> element.setConverted_type(ConvertedType.JSON).setLogicalType(LogicalType.JSON(new JsonType()));
        }
    }

    /** @return false where the value cannot stand in such a column: nothing was written */
    boolean put(Value value, ColumnWriter column) {
        switch (this) {
            case BOOLEAN -> {
                if (!(value instanceof BooleanValue flag)) {
                    return false;
                }
                column.write(flag.isTrue(), 0, NOT_NULL);
            }
            case INTEGER -> {
                if (!(value instanceof LongValue(var number))) {
                    return false;
                }
                column.write(number, 0, NOT_NULL);
            }
            case NUMBER -> {
                if (!(value instanceof NumberValue number)) {
                    return false;
                }
                column.write(number.decimal().doubleValue(), 0, NOT_NULL);
            }
            case TIME -> {
                if (!(Times.of(value) instanceof TimeValue time)) {
                    return false;
                }
                column.write(ChronoUnit.MICROS.between(Instant.EPOCH, time.instant()), 0, NOT_NULL);
            }
            case TEXT -> column.write(Binary.fromString(text(value)), 0, NOT_NULL);
            case JSON -> column.write(Binary.fromString(JsonWriter.json(value)), 0, NOT_NULL);
        }
        return true;
    }

    /** Of fields of a span whose clients sent something else than the text that is usual there. */
    private static String text(Value value) {
        return switch (value) {
            case TextValue(var text) -> text;
            case TimeValue time -> time.text();
            default -> JsonWriter.json(value);
        };
    }
}
