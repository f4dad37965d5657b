package io.spanlake.gateway.split;

import io.spanlake.gateway.refuse.Place;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.row.RowKeys;
import io.spanlake.service.errors.RefusedException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks {@code {"rows":[…],…}} and hands on each row. What is read at a time, one row or one other field, has to fit the
 * window: where the text ends within it, the window gets more and that piece is read again.
 */
final class BodyWalk {
    private static final String WANTED = "is not {\"rows\":[…]}: ";

    private final TextWindow window;
    private final SplitLimits limits;
    private final RowSink sink;
    private final JsonCursor cursor;
    private final RowReader reader = new RowReader();
    private int at;
    private int rows;
    private boolean inRow;

    private enum Piece {
        MORE,
        CLOSED
    }

    BodyWalk(TextWindow window, SplitLimits limits, RowSink sink) {
        this.window = window;
        this.limits = limits;
        this.sink = sink;
        this.cursor = new JsonCursor(limits.row());
        this.at = window.first();
    }

    /** Walks to the end. The key of an upload where the rows are elsewhere; else all rows were handed on. */
    Optional<String> walk() {
        Optional<String> upload = Optional.empty();
        boolean found = false;
        piece(this::open);
        for (boolean first = true; ; first = false) {
            boolean begin = first;
            var name = piece(cursor -> nextField(cursor, begin));
            if (name == null) {
                break;
            }
            if (name.equals("rows")) {
                upload = rows();
                found = true;
            } else {
                piece(BodyWalk::skip);
            }
        }
        if (!found) {
            throw wrong(at, WANTED + "rows are missing");
        }
        close();
        return upload;
    }

    /** What is uploaded has to be rows, and not name another upload. */
    static RefusedException notRows() {
        return Refusals.exception(
                new Refusal.BadShape(Place.ofBody(0), WANTED + "what was uploaded names an upload itself"));
    }

    private Piece open(JsonCursor cursor) {
        if ((cursor.peek() & 0xFF) == 0xEF) {
            cursor.passByteOrderMark();
        }
        if (cursor.peek() != '{') {
            throw wrong(cursor.at(), WANTED + "it is not an object");
        }
        cursor.pass();
        return Piece.MORE;
    }

    /** The name of the next field, null where the object ends. */
    private @Nullable String nextField(JsonCursor cursor, boolean first) {
        if (cursor.peek() == '}') {
            cursor.pass();
            return null;
        }
        passComma(cursor, first);
        cursor.key();
        return cursor.keyText();
    }

    private Optional<String> rows() {
        sink.begin();
        rows = 0;
        var shape = piece(cursor -> (char) cursor.peek());
        switch (shape) {
            case '[' -> {
                piece(BodyWalk::bracket);
                readRows();
                return Optional.empty();
            }
            case '{' -> {
                return Optional.of(piece(this::uploadKey));
            }
            default -> throw wrong(at, WANTED + "rows are neither an array nor an upload");
        }
    }

    private void readRows() {
        var next = piece(cursor -> row(cursor, true));
        while (next == Piece.MORE) {
            next = piece(cursor -> row(cursor, false));
        }
    }

    private Piece row(JsonCursor cursor, boolean first) {
        if (cursor.peek() == ']') {
            cursor.pass();
            return Piece.CLOSED;
        }
        passComma(cursor, first);
        cursor.peek();
        int start = cursor.at();
        if (rows == limits.rowsMax()) {
            throw Refusals.exception(new Refusal.TooManyRows(
                    new Place(Optional.of(rows), Optional.empty(), window.offset() + start), limits.rowsMax()));
        }
        inRow = true;
        RowKeys keys = reader.read(cursor, rows, window.offset());
        int bytes = cursor.at() - start;
        if (bytes > limits.rowBytesMax()) {
            throw Refusals.exception(new Refusal.RowTooLarge(reader.place(start), bytes, limits.rowBytesMax()));
        }
        inRow = false;
        sink.row(keys, window.offset() + start, bytes);
        rows++;
        return Piece.MORE;
    }

    private String uploadKey(JsonCursor cursor) {
        String type = null;
        String key = null;
        cursor.enter('{');
        for (boolean first = true; cursor.more(first); first = false) {
            cursor.key();
            var name = cursor.keyText();
            if (cursor.peek() != '"') {
                cursor.value();
                continue;
            }
            cursor.string();
            if (name.equals("type")) {
                type = cursor.text();
            } else if (name.equals("key")) {
                key = cursor.text();
            }
        }
        if (!"logs3_overflow".equals(type) || key == null) {
            throw wrong(cursor.at(), "has rows that are an object, but not {\"type\":\"logs3_overflow\",\"key\":…}");
        }
        return key;
    }

    private void close() {
        do {
            cursor.start(window.bytes(), at, window.end());
            if (!cursor.atEnd()) {
                throw Refusals.exception(
                        new Refusal.NotJson(Place.ofBody(window.offset() + cursor.at()), "more text follows it"));
            }
            at = cursor.at();
        } while (getMore());
    }

    private boolean getMore() {
        boolean got = window.more(at);
        at = got ? window.first() : at;
        return got;
    }

    private static Piece skip(JsonCursor cursor) {
        cursor.value();
        return Piece.MORE;
    }

    private static Piece bracket(JsonCursor cursor) {
        cursor.pass();
        return Piece.MORE;
    }

    private static void passComma(JsonCursor cursor, boolean first) {
        if (!first) {
            if (cursor.peek() != ',') {
                throw new JsonFaultException(JsonFaultException.Kind.SYNTAX, cursor.at(), "expected ','");
            }
            cursor.pass();
        }
    }

    private <T> T piece(Function<JsonCursor, T> step) {
        while (true) {
            inRow = false;
            cursor.start(window.bytes(), at, window.end());
            try {
                T read = step.apply(cursor);
                at = cursor.at();
                return read;
            } catch (JsonFaultException fault) {
                // Before more is asked for: the window moves, whether there is more or not.
                var refused = refusal(fault);
                boolean wantsMore = fault.kind() == JsonFaultException.Kind.ENDS && fits();
                if (!wantsMore || !getMore()) {
                    throw refused;
                }
            }
        }
    }

    /** Whether the piece that is being read may go on. */
    private boolean fits() {
        int bytes = window.end() - at;
        if (bytes <= limits.rowBytesMax()) {
            return true;
        }
        if (inRow) {
            throw Refusals.exception(new Refusal.RowTooLarge(reader.place(at), bytes, limits.rowBytesMax()));
        }
        throw wrong(at, "has a field beside rows that is larger than a row may be");
    }

    private RefusedException refusal(JsonFaultException fault) {
        var place = inRow ? reader.place(fault.at()) : Place.ofBody(window.offset() + fault.at());
        return switch (fault.kind()) {
            case SYNTAX, ENDS -> Refusals.exception(new Refusal.NotJson(place, fault.fault()));
            case ENCODING -> Refusals.exception(new Refusal.NotUtf8(place));
            case TOO_DEEP ->
                Refusals.exception(new Refusal.TooDeep(place, limits.row().depthMax()));
            case TOO_MANY_KEYS ->
                Refusals.exception(new Refusal.TooManyKeys(place, limits.row().keysMax()));
        };
    }

    private RefusedException wrong(int place, String fault) {
        return Refusals.exception(new Refusal.BadShape(Place.ofBody(window.offset() + place), fault));
    }
}
