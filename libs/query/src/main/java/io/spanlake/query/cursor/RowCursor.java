package io.spanlake.query.cursor;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where a page of an object's rows ended; the next page begins behind it.
 *
 * <p>As text: base64url without padding of {@code version 1 · direction 1 · object hash 8 · key 8 · tie 8 · CRC32C 4},
 * big-endian. It grants nothing: whoever has it may read only what he may read without. The checksum and the object only
 * tell a cursor that was cut, mistyped or taken from another list from one that is meant.
 */
public record RowCursor(RowDirection direction, RowPosition after) {
    private static final byte VERSION = 1;
    private static final int BODY_BYTES = 26;
    private static final int BYTES = BODY_BYTES + Integer.BYTES;
    private static final int TEXT_CHARS = BYTES * 4 / 3;

    public String textFor(ObjectRef object) {
        var bytes = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .put(direction.code())
                .putLong(hash(object))
                .putLong(after.key())
                .putLong(after.tie());
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * @throws ReadRefusedException ({@link ReadRefusal.BadCursor}) where the text is not the cursor of a list of this object in this direction
     */
    public static RowCursor parse(String text, ObjectRef object, RowDirection direction) {
        var bytes = ByteBuffer.wrap(decode(text));
        if (bytes.getInt(BODY_BYTES) != checksum(bytes.array())) {
            throw badCursor("not a cursor: its checksum is wrong");
        }
        byte version = bytes.get();
        if (version != VERSION) {
            throw badCursor("a cursor of version %d, this service reads version %d: begin the list anew"
                    .formatted(version, VERSION));
        }
        byte directionCode = bytes.get();
        if (bytes.getLong() != hash(object)) {
            throw badCursor("a cursor of another object than " + object);
        }
        if (directionCode != direction.code()) {
            throw badCursor("a cursor of a list in the other order");
        }
        return new RowCursor(direction, new RowPosition(bytes.getLong(), bytes.getLong()));
    }

    private static byte[] decode(String text) {
        if (text.length() != TEXT_CHARS) {
            throw badCursor("not a cursor: it has %d characters, this one %d".formatted(TEXT_CHARS, text.length()));
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            // Padding counts as characters and gives no bytes.
            if (bytes.length != BYTES) {
                throw badCursor("not a cursor: it has %d bytes, this one %d".formatted(BYTES, bytes.length));
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw badCursor("not a cursor: not base64url");
        }
    }

    private static ReadRefusedException badCursor(String detail) {
        return new ReadRefusedException(new ReadRefusal.BadCursor(detail));
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, BODY_BYTES);
        return (int) crc.getValue();
    }

    private static long hash(ObjectRef object) {
        return Placement.hash(object.toString());
    }
}
