package io.spanlake.storage.part.index;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.lucene.util.BytesRef;

/**
 * Ids as terms, exactly. Most are random hex digits, of which two fit in a byte:
 *
 * <pre>
 * 1, 16 bytes    a UUID in lower case with its dashes
 * 2, n bytes     2n hex digits in lower case
 * 0, UTF-8       any other text
 * 3, 16 bytes    a text of more than 1,000 bytes of UTF-8: its 128-bit hash (XXH3)
 * </pre>
 */
final class IdTerm {
    private static final int UUID_CHARS = 36;
    private static final int TEXT_BYTES_MAX = 1_000;

    private IdTerm() {}

    static BytesRef of(String id) {
        var term = new TermBytes();
        if (id.length() == UUID_CHARS && isUuid(id)) {
            term.put(1);
            putHex(term, id);
        } else if (!id.isEmpty() && id.length() % 2 == 0 && isHex(id)) {
            term.put(2);
            putHex(term, id);
        } else {
            putText(term, id.getBytes(StandardCharsets.UTF_8));
        }
        return term.term();
    }

    private static void putText(TermBytes term, byte[] text) {
        if (text.length <= TEXT_BYTES_MAX) {
            term.put(0).put(text);
        } else {
            var hash = Hashing.xxh3_128().hashBytesTo128Bits(text);
            term.put(3)
                    .putLong(hash.getMostSignificantBits(), Long.BYTES)
                    .putLong(hash.getLeastSignificantBits(), Long.BYTES);
        }
    }

    private static boolean isUuid(String id) {
        boolean uuid = true;
        for (int i = 0; i < id.length() && uuid; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            uuid = dash ? id.charAt(i) == '-' : isHexDigit(id.charAt(i));
        }
        return uuid;
    }

    private static boolean isHex(String id) {
        return id.chars().allMatch(IdTerm::isHexDigit);
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static void putHex(TermBytes term, String digits) {
        int high = -1;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) != '-') {
                int digit = HexFormat.fromHexDigit(digits.charAt(i));
                if (high < 0) {
                    high = digit;
                } else {
                    term.put((high << 4) | digit);
                    high = -1;
                }
            }
        }
    }
}
