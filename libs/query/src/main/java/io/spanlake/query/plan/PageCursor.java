package io.spanlake.query.plan;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * {@link CursorPoint}s as texts that clients hand back: base64url without padding of
 * {@code version 2 · fingerprint 8 · key 8 · tie 8 · object 8 · sort keys as a JSON array}. Eight bytes alone, in either base64, are a
 * pagination number, as other servers give them.
 */
public final class PageCursor {
    private static final byte VERSION = 2;
    private static final int HEAD_BYTES = 33;
    private static final int KEYS_BYTES_MAX = 8_192;

    private PageCursor() {}

    /** Empty where the sort keys are too large to be handed around. */
    public static Optional<String> text(CursorPoint point, long fingerprint) {
        var keys = new StringBuilder("[");
        for (var key : point.keys()) {
            keys.append(keys.length() > 1 ? "," : "");
            // Times are marked, so that they come back as times.
            if (key instanceof TimeValue time) {
                keys.append("[\"t\",");
                JsonWriter.quote(time.instant().toString(), keys);
                keys.append(']');
            } else {
                keys.append("[\"v\",");
                JsonWriter.append(key, keys);
                keys.append(']');
            }
        }
        var bytes = keys.append(']').toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > KEYS_BYTES_MAX) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.allocate(HEAD_BYTES + bytes.length)
                .put(VERSION)
                .putLong(fingerprint)
                .putLong(point.order().key())
                .putLong(point.order().tie())
                .putLong(point.order().object())
                .put(bytes);
        return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array()));
    }

    /**
     * @param keys how many sort keys the query has
     * @throws QueryFaultException where it is no cursor of this query
     */
    public static CursorPoint parse(String text, long fingerprint, int keys, boolean oldestFirst) {
        var bytes = ByteBuffer.wrap(decoded(text));
        if (bytes.remaining() == Long.BYTES && keys == 0) {
            // All rows of the number were given: they count as passed, whatever their tie.
            long number = bytes.getLong();
            return new CursorPoint(List.of(), oldestFirst ? new RowOrder(number, -1, -1) : new RowOrder(number, 0, 0));
        }
        if (bytes.remaining() < HEAD_BYTES || bytes.get() != VERSION) {
            throw fault("not a cursor of this service, or of an older version of it");
        }
        if (bytes.getLong() != fingerprint) {
            throw fault("a cursor of another query: source and sort must stay the same");
        }
        var order = new RowOrder(bytes.getLong(), bytes.getLong(), bytes.getLong());
        var json = new String(bytes.array(), HEAD_BYTES, bytes.remaining(), StandardCharsets.UTF_8);
        var values = new ArrayList<Value>();
        if (JsonValues.parse(json).orElse(ArrayValue.EMPTY) instanceof ArrayValue(var items)) {
            for (var item : items) {
                if (item instanceof ArrayValue(var pair) && pair.size() == 2) {
                    boolean time = pair.getFirst() instanceof TextValue(var mark) && mark.equals("t");
                    values.add(time ? Times.of(pair.getLast()) : pair.getLast());
                }
            }
        }
        if (values.size() != keys) {
            throw fault("a cursor that was cut or changed");
        }
        return new CursorPoint(values, order);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder()
                    .decode(text.replace('+', '-').replace('/', '_').replace("=", ""));
        } catch (IllegalArgumentException e) {
            throw fault("not a cursor: not base64");
        }
    }

    private static QueryFaultException fault(String message) {
        return QueryFault.of(QueryFault.Kind.CURSOR, "Invalid cursor: " + message, Place.NONE)
                .exception();
    }
}
