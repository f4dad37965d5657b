package io.spanlake.query.parse;

/** What quotes hold. */
final class Texts {
    private Texts() {}

    /** {@code ''} is a quote, {@code \' \" \\ \n \t \r \b \f} and a backslash with {@code u0041} are escapes; of any other the backslash stays. */
    static String unquoted(String token) {
        char quote = token.charAt(0);
        if (token.indexOf('\\') < 0 && token.indexOf(quote, 1) == token.length() - 1) {
            return token.substring(1, token.length() - 1);
        }
        var text = new StringBuilder();
        for (int i = 1; i < token.length() - 1; i++) {
            char c = token.charAt(i);
            if (c == quote) {
                i++;
                text.append(quote);
            } else if (c == '\\' && i + 1 < token.length() - 1) {
                i = appendEscape(token, i + 1, text);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static int appendEscape(String token, int at, StringBuilder text) {
        char kind = token.charAt(at);
        switch (kind) {
            case '\\', '\'', '"', '/' -> text.append(kind);
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'u' -> {
                if (at + 4 < token.length() - 1) {
                    try {
                        text.append((char) Integer.parseInt(token, at + 1, at + 5, 16));
                        return at + 4;
                    } catch (NumberFormatException e) {
                        // No escape: both characters stay.
                    }
                }
                text.append("\\u");
            }
            default -> text.append('\\').append(kind);
        }
        return at;
    }

    static String backquoted(String token) {
        return token.substring(1, token.length() - 1);
    }
}
