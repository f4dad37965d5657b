package io.spanlake.storage.processed;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** What a character beyond ASCII is to words. */
enum WordClass {
    BETWEEN,
    /** A letter of a script that puts something between its words. */
    IN_WORD,
    /** A letter or digit that is a word of its own: where in doubt, since shorter words never miss a longer one. */
    WORD;

    private static final Set<UnicodeScript> SCRIPTS = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.GEORGIAN,
            UnicodeScript.HEBREW,
            UnicodeScript.ARABIC);

    /** Of the basic plane: texts of other scripts consist of nothing else. */
    private static final WordClass[] BASIC = new WordClass[0x1_0000];

    static {
        for (int point = 0; point < BASIC.length; point++) {
            BASIC[point] = computed(point);
        }
    }

    static WordClass of(int codePoint) {
        return codePoint < BASIC.length ? BASIC[codePoint] : computed(codePoint);
    }

    private static WordClass computed(int codePoint) {
        if (!Character.isLetterOrDigit(codePoint)) {
            return BETWEEN;
        }
        return SCRIPTS.contains(UnicodeScript.of(codePoint)) ? IN_WORD : WORD;
    }
}
