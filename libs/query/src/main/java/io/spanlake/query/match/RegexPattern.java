package io.spanlake.query.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.spanlake.query.value.Value;
import java.util.Optional;

/** A regular expression of RE2's syntax, whose time is linear in the text: no look-around, no back-references. */
public final class RegexPattern {
    public static final int CHARS_MAX = 1_000;
    private static final int INSTRUCTIONS_MAX = 20_000;

    private static final String ANY_CASE = "(?i)";
    /** To look for more of them one by one takes longer than the expression does. */
    private static final int TEXTS_MAX = 16;

    private final String text;
    private final Pattern pattern;
    private final boolean anyCase;
    private final Optional<RequiredText> required;

    private RegexPattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
        this.anyCase = (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0 || text.startsWith(ANY_CASE);
        this.required = required(text, anyCase);
    }

    /**
     * @param flags any of {@code i} (any case), {@code s} (a dot takes line breaks too), {@code m} (^ and $ at lines), {@code c} (case counts)
     * @throws IllegalArgumentException where it is none, or too large
     */
    public static RegexPattern of(String text, String flags) {
        if (text.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a regular expression has at most %d characters, this one %d".formatted(CHARS_MAX, text.length()));
        }
        int bits = 0;
        for (int i = 0; i < flags.length(); i++) {
            char flag = flags.charAt(i);
            bits |= switch (flag) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 's' -> Pattern.DOTALL;
                case 'm' -> Pattern.MULTILINE;
                case 'c' -> 0;
                default ->
                    throw new IllegalArgumentException("regular expressions have the flags i, s, m and c, not " + flag);
            };
        }
        RegexSize.check(text, INSTRUCTIONS_MAX);
        try {
            return new RegexPattern(text, Pattern.compile(text, bits));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: %s near %s".formatted(e.getDescription(), e.getPattern()), e);
        }
    }

    public String text() {
        return text;
    }

    public int flags() {
        return pattern.flags();
    }

    public boolean anyCase() {
        return anyCase;
    }

    /** What an index may look for, folded where any case will do; empty where nothing is known. */
    public Optional<RequiredText> required() {
        return required;
    }

    private static Optional<RequiredText> required(String text, boolean anyCase) {
        var expression = text.startsWith(ANY_CASE) ? text.substring(ANY_CASE.length()) : text;
        // Of letters beyond ASCII the engine folds others than we do.
        if (anyCase && expression.chars().anyMatch(c -> c >= 0x80)) {
            return Optional.empty();
        }
        return RegexTexts.of(expression)
                .filter(required -> required.texts() <= TEXTS_MAX)
                .map(required -> anyCase ? required.folded() : required);
    }

    /** Whether it is found in a value that is not null. */
    public boolean matches(Value value) {
        return TextTest.holds(value, this::found);
    }

    /** To look for a text takes a tenth of the time that the expression takes. */
    public boolean found(String subject) {
        if (required.isPresent() && !required.get().standsIn(anyCase ? CaseFolding.fold(subject) : subject)) {
            return false;
        }
        return matcher(subject).find();
    }

    /** The group where the expression is found first; empty where it is not, or there is no such group. */
    public Optional<String> extract(String subject, int group) {
        Matcher matcher = matcher(subject);
        if (group < 0 || group > matcher.groupCount() || !matcher.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(matcher.group(group));
    }

    /** @param replacement may name groups: {@code $1} */
    public String replace(String subject, String replacement) {
        return matcher(subject).replaceAll(replacement);
    }

    /** Of a long text it may take seconds. */
    private Matcher matcher(String subject) {
        return pattern.matcher(subject.length() < CheckedText.LENGTH_MIN ? subject : new CheckedText(subject));
    }
}
