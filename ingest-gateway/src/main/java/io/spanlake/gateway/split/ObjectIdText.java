package io.spanlake.gateway.split;

import java.util.Locale;

/** Ids of objects as clients write them. Plain loops: they stand in every row. */
final class ObjectIdText {
    private static final int UUID_CHARS = 36;

    private ObjectIdText() {}

    static boolean isSound(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (Character.isISOControl(id.charAt(i))) {
                return false;
            }
        }
        return !id.isEmpty();
    }

    /** One object has one spelling: UUIDs in lower case. */
    static String oneSpelling(String id) {
        return isUpperCaseUuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }

    private static boolean isUpperCaseUuid(String id) {
        if (id.length() != UUID_CHARS) {
            return false;
        }
        boolean upperCase = false;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c != '-' && Character.digit(c, 16) < 0) {
                return false;
            }
            upperCase |= c >= 'A' && c <= 'F';
        }
        return upperCase;
    }
}
