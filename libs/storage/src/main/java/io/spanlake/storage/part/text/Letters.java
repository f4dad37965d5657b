package io.spanlake.storage.part.text;

/** What a code point is to words. Thread-safe. */
final class Letters {
    /** Stands between words. */
    static final byte BREAK = 0;
    /** A letter or digit: all that stand side by side are one word. */
    static final byte LETTER = 1;
    /** A word by itself: scripts that do not part words by spaces, and symbols such as emoji. */
    static final byte ALONE = 2;
    /** A mark that belongs to the word before it. */
    static final byte MARK = 3;
    /** Within a word, but not part of its text: joiners, soft hyphens, variation selectors. */
    static final byte IGNORED = 4;

    private static final int TABLE_SIZE = 0x1_0000;
    private static final byte[] TABLE = table();
    private static final char[] FOLDED = foldedTable();

    private Letters() {}

    private static byte[] table() {
        var table = new byte[TABLE_SIZE];
        for (int codePoint = 0; codePoint < TABLE_SIZE; codePoint++) {
            table[codePoint] = computed(codePoint);
        }
        return table;
    }

    static byte kind(int codePoint) {
        return codePoint < TABLE_SIZE ? TABLE[codePoint] : computed(codePoint);
    }

    private static byte computed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER -> standsAlone(codePoint) ? ALONE : LETTER;
            case Character.NON_SPACING_MARK -> isVariationSelector(codePoint) ? IGNORED : MARK;
            case Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> MARK;
            case Character.FORMAT -> IGNORED;
            case Character.OTHER_SYMBOL -> ALONE;
            case Character.MODIFIER_SYMBOL -> codePoint >= 0x1F3FB && codePoint <= 0x1F3FF ? MARK : BREAK;
            default -> BREAK;
        };
    }

    private static boolean isVariationSelector(int codePoint) {
        return (codePoint >= 0xFE00 && codePoint <= 0xFE0F) || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }

    private static boolean standsAlone(int codePoint) {
        if (Character.isIdeographic(codePoint)) {
            return true;
        }
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HIRAGANA,
                    KATAKANA,
                    BOPOMOFO,
                    THAI,
                    LAO,
                    KHMER,
                    MYANMAR,
                    TIBETAN,
                    NEW_TAI_LUE,
                    TAI_LE,
                    TAI_THAM,
                    TAI_VIET,
                    JAVANESE,
                    BALINESE -> Character.isLetter(codePoint);
            default -> false;
        };
    }

    private static char[] foldedTable() {
        var table = new char[TABLE_SIZE];
        for (int codePoint = 0; codePoint < TABLE_SIZE; codePoint++) {
            table[codePoint] = (char) computedFold(codePoint);
        }
        return table;
    }

    /** The one form of letters that differ by case only. */
    static int folded(int codePoint) {
        return codePoint < TABLE_SIZE ? FOLDED[codePoint] : computedFold(codePoint);
    }

    /** Of a code point of the basic plane it is one of it too. */
    private static int computedFold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }
}
