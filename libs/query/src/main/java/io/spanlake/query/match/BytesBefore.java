package io.spanlake.query.match;

/**
 * What stands before a place in bytes of JSON. Where that is an escape or beyond ASCII, what it is can only be told from where its string
 * begins: {@code MAY}.
 */
final class BytesBefore {
    private BytesBefore() {}

    /** Whether what stands before it is plainly no part of a word. */
    static boolean beginsWord(byte[] bytes, int begin, int at) {
        return at == begin || (bytes[at - 1] >= 0 && bytes[at - 1] != '\\' && ItemBytes.folded(bytes[at - 1]) == 0);
    }

    /** Of what is no beginning of a word: letters that do not begin with an escape make it a part of another. */
    static int otherBefore(byte[] bytes, int begin, int at) {
        return isPlainBefore(bytes, begin, lettersBefore(bytes, begin, at)) ? ItemBytes.NONE : ItemBytes.MAY;
    }

    static boolean isPlainBefore(byte[] bytes, int begin, int at) {
        return at == begin || (bytes[at - 1] >= 0 && bytes[at - 1] != '\\');
    }

    static int lettersBefore(byte[] bytes, int begin, int at) {
        int first = at;
        while (first > begin && ItemBytes.folded(bytes[first - 1]) != 0) {
            first--;
        }
        return first;
    }

    /** Behind the word before it in the same string. */
    static int gapBefore(byte[] bytes, int begin, int at) {
        for (int next = at; next > begin; next--) {
            byte b = bytes[next - 1];
            if (b < 0 || b == '\\') {
                return ItemBytes.MAY;
            }
            if (b == '"') {
                return isPlainBefore(bytes, begin, next - 1) ? ItemBytes.NONE : ItemBytes.MAY;
            }
            if (ItemBytes.folded(b) != 0) {
                return next;
            }
        }
        return ItemBytes.NONE;
    }
}
