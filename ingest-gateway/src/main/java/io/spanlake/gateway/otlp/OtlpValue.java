package io.spanlake.gateway.otlp;

import java.util.List;

/** A value of an attribute, in whichever encoding it came. Strings may hold lone surrogates (JSON lets them in). */
sealed interface OtlpValue {
    record Text(String text) implements OtlpValue {}

    record Bool(boolean value) implements OtlpValue {}

    record Int(long value) implements OtlpValue {}

    /** @param text the number as it was sent, or as Java prints it where it came in binary */
    record Real(String text) implements OtlpValue {}

    record Bytes(String base64) implements OtlpValue {}

    record Array(List<OtlpValue> values) implements OtlpValue {
        public Array {
            values = List.copyOf(values);
        }
    }

    record KeyValues(List<OtlpAttribute> entries) implements OtlpValue {
        public KeyValues {
            entries = List.copyOf(entries);
        }
    }

    /** An {@code AnyValue} in which nothing is set. */
    record Empty() implements OtlpValue {}
}
