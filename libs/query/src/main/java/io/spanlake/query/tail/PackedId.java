package io.spanlake.query.tail;

import java.nio.charset.StandardCharsets;

/**
 * Ids in as few bytes as they need: hex digits in pairs, UUIDs in 16 bytes, Latin-1 in one byte a character, all else in
 * two. The first two bytes are kind and length; equal ids have equal bytes, and every id comes back as it was, lone
 * surrogates included.
 */
final class PackedId {
    private static final int UUID = 0;
    private static final int HEX = 1;
    private static final int LATIN = 2;
    private static final int CHARS = 3;
    private static final int KIND_SHIFT = 14;
    static final int HEADER_BYTES = 2;
    private static final int UUID_CHARS = 36;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private PackedId() {}

    static byte[] pack(String id) {
        if (isUuid(id)) {
            return withHeader(UUID, hexBytes(id.replace("-", "")));
        }
        if (!id.isEmpty() && id.length() % 2 == 0 && isHex(id, 0, id.length())) {
            return withHeader(HEX, hexBytes(id));
        }
        if (isLatin(id)) {
            return withHeader(LATIN, id.getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] chars = new byte[id.length() * 2];
        for (int i = 0; i < id.length(); i++) {
            chars[2 * i] = (byte) (id.charAt(i) >>> 8);
            chars[2 * i + 1] = (byte) id.charAt(i);
        }
        return withHeader(CHARS, chars);
    }

    /** Bytes of the packed id that begins there, its header included. */
    static int length(byte[] packed, int offset) {
        return HEADER_BYTES + (header(packed, offset) & ((1 << KIND_SHIFT) - 1));
    }

    static String unpack(byte[] packed, int offset) {
        int from = offset + HEADER_BYTES;
        int length = length(packed, offset) - HEADER_BYTES;
        return switch (header(packed, offset) >>> KIND_SHIFT) {
            case UUID -> dashed(hexText(packed, from, length));
            case HEX -> hexText(packed, from, length);
            case LATIN -> new String(packed, from, length, StandardCharsets.ISO_8859_1);
            default -> chars(packed, from, length);
        };
    }

    private static byte[] withHeader(int kind, byte[] body) {
        if (body.length >= 1 << KIND_SHIFT) {
            throw new IllegalArgumentException("an id of " + body.length + " bytes");
        }
        byte[] packed = new byte[HEADER_BYTES + body.length];
        int header = (kind << KIND_SHIFT) | body.length;
        packed[0] = (byte) (header >>> 8);
        packed[1] = (byte) header;
        System.arraycopy(body, 0, packed, HEADER_BYTES, body.length);
        return packed;
    }

    private static int header(byte[] packed, int offset) {
        return ((packed[offset] & 0xFF) << 8) | (packed[offset + 1] & 0xFF);
    }

    private static boolean isUuid(String id) {
        return id.length() == UUID_CHARS
                && id.charAt(8) == '-'
                && id.charAt(13) == '-'
                && id.charAt(18) == '-'
                && id.charAt(23) == '-'
                && isHex(id, 0, 8)
                && isHex(id, 9, 13)
                && isHex(id, 14, 18)
                && isHex(id, 19, 23)
                && isHex(id, 24, UUID_CHARS);
    }

    private static boolean isHex(String id, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = id.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLatin(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    private static byte[] hexBytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] =
                    (byte) ((Character.digit(hex.charAt(2 * i), 16) << 4) | Character.digit(hex.charAt(2 * i + 1), 16));
        }
        return bytes;
    }

    private static String hexText(byte[] packed, int from, int length) {
        byte[] text = new byte[2 * length];
        for (int i = 0; i < length; i++) {
            text[2 * i] = DIGITS[(packed[from + i] >>> 4) & 0xF];
            text[2 * i + 1] = DIGITS[packed[from + i] & 0xF];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static String dashed(String hex) {
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    private static String chars(byte[] packed, int from, int length) {
        var text = new StringBuilder(length / 2);
        for (int i = from; i < from + length; i += 2) {
            text.append((char) (((packed[i] & 0xFF) << 8) | (packed[i + 1] & 0xFF)));
        }
        return text.toString();
    }
}
