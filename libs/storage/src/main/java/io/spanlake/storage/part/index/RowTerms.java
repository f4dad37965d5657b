package io.spanlake.storage.part.index;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import org.apache.lucene.util.BytesRef;

/**
 * How the terms of the field {@code kv} are made: a letter, the text of a path, NUL, a value.
 *
 * <pre>
 * e path            the row has a value at the path that is not null
 * z path            the row has null at the path, behind a key
 * s path 0 text     a string there, of at most 64 bytes
 * h path 0 hash     a longer string: the low 48 bits of wyhash (final 4) of its UTF-8, highest byte first
 * b path 0 t|f      true or false
 * n path 0 decimal  a number ({@link SortableDecimal})
 * m path            the row has numbers there that are no terms: an array's after its first 64, and such as would be cut
 * d                 the row has a key twice in one object: of what is said of it some was replaced
 * </pre>
 */
final class RowTerms {
    static final int TEXT_BYTES_MAX = 64;
    static final int ITEM_NUMBERS_MAX = 64;
    static final BytesRef DOUBTFUL = new BytesRef(new byte[] {'d'});
    private static final int HASH_BYTES = 6;
    private static final Hasher64 HASH = Hashing.wyhashFinal4();

    private RowTerms() {}

    static void exists(TermBytes term, byte[] path) {
        term.clear().put('e').put(path);
    }

    static void isNull(TermBytes term, byte[] path) {
        term.clear().put('z').put(path);
    }

    static void moreNumbers(TermBytes term, byte[] path) {
        term.clear().put('m').put(path);
    }

    static void bool(TermBytes term, byte[] path, boolean value) {
        term.clear().put('b').put(path).put(0).put(value ? 't' : 'f');
    }

    /** The text is UTF-8. */
    static void string(TermBytes term, byte[] path, byte[] bytes, int first, int next) {
        boolean whole = next - first <= TEXT_BYTES_MAX;
        term.clear().put(whole ? 's' : 'h').put(path).put(0);
        if (whole) {
            term.put(bytes, first, next);
        } else {
            term.putLong(HASH.hashBytesToLong(bytes, first, next - first), HASH_BYTES);
        }
    }

    /** What stands before each number of the path. */
    static void numbers(TermBytes term, byte[] path) {
        term.clear().put('n').put(path).put(0);
    }

    /** Returns whether the number may be a term. */
    static boolean number(TermBytes term, byte[] path, byte[] bytes, int first, int next) {
        numbers(term, path);
        return SortableDecimal.append(term, bytes, first, next);
    }
}
