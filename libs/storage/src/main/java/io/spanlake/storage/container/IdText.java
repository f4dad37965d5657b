package io.spanlake.storage.container;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Ids as bytes: UTF-8, in which a lone surrogate, which JSON can name and UTF-8 cannot, takes the three bytes that its
 * code point would have. So an id is never altered. Two surrogates that are a pair always take the four bytes of UTF-8.
 */
public final class IdText {
    private IdText() {}

    public static byte[] encode(String text) {
        return Utf8.hasLoneSurrogate(text) ? encodeLoosely(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException where the bytes are not what {@link #encode} makes */
    public static String decode(ByteSlice bytes) {
        String text = bytes.toUtf8();
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        String loose = decodeLoosely(bytes);
        if (!ByteSlice.of(encode(loose)).equals(bytes)) {
            throw new IllegalArgumentException("an id that is not valid UTF-8");
        }
        return loose;
    }

    private static byte[] encodeLoosely(String text) {
        var out = new ByteOutput(text.length() * 3);
        text.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.u8(0xE0 | (point >> 12)).u8(0x80 | ((point >> 6) & 0x3F)).u8(0x80 | (point & 0x3F));
            } else {
                byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                out.bytes(utf8, 0, utf8.length);
            }
        });
        return ByteSlice.of(out.array(), 0, out.length()).toArray();
    }

    private static String decodeLoosely(ByteSlice bytes) {
        var text = new StringBuilder(bytes.length());
        int from = 0;
        for (int i = 0; i + 2 < bytes.length(); i++) {
            if ((bytes.at(i) & 0xFF) == 0xED && (bytes.at(i + 1) & 0xE0) == 0xA0) {
                text.append(bytes.slice(from, i - from).toUtf8())
                        .append((char) (0xD000 | ((bytes.at(i + 1) & 0x3F) << 6) | (bytes.at(i + 2) & 0x3F)));
                from = i + 3;
                i += 2;
            }
        }
        return text.append(bytes.slice(from, bytes.length() - from).toUtf8()).toString();
    }
}
