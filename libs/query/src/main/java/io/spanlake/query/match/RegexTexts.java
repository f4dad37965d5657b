package io.spanlake.query.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands in whatever an expression of RE2's syntax finds. Read off its plain letters: what else there is says nothing, and
 * what is seldom used ends the reading. Not thread-safe.
 */
final class RegexTexts {
    private static final String ESCAPED_PLAIN = ".-_/\\+*?()[]{}|^$ \"'";
    /** Any other brace is a letter. */
    private static final Pattern COUNT = Pattern.compile("\\{(0|[1-9]\\d*)(,(0|[1-9]\\d*)?)?\\}");

    private static final String SAYING_NOTHING = "dDwWsSbBAztnrfv";

    /** Thrown nowhere else: the expression has what is not read here. */
    private static final class NotReadException extends Exception {
        private static final long serialVersionUID = 1;

        private NotReadException() {
            super(null, null, false, false);
        }
    }

    private final String regex;
    private int at;

    private RegexTexts(String regex) {
        this.regex = regex;
    }

    /** What one branch of an expression has: all of these. */
    private static final class Branch {
        final List<RequiredText> all = new ArrayList<>();
        final StringBuilder run = new StringBuilder();

        /** What follows does not stand right behind what was before. */
        void part() {
            if (!run.isEmpty()) {
                all.add(new RequiredText.Plain(run.toString()));
                run.setLength(0);
            }
        }

        /** The last character of the run may be absent. */
        void dropLast() {
            run.setLength(run.offsetByCodePoints(run.length(), -1));
            part();
        }
    }

    /** Empty where nothing is known of it. */
    static Optional<RequiredText> of(String regex) {
        var texts = new RegexTexts(regex);
        try {
            var found = texts.branches();
            return texts.at == regex.length() ? found : Optional.empty();
        } catch (NotReadException notRead) {
            return Optional.empty();
        }
    }

    /** Up to the end, or the parenthesis that closes them. */
    private Optional<RequiredText> branches() throws NotReadException {
        var any = new ArrayList<Optional<RequiredText>>();
        any.add(branch());
        while (at < regex.length() && regex.charAt(at) == '|') {
            at++;
            any.add(branch());
        }
        if (any.size() == 1) {
            return any.getFirst();
        }
        return any.stream().allMatch(Optional::isPresent)
                ? Optional.of(new RequiredText.Any(
                        any.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    private Optional<RequiredText> branch() throws NotReadException {
        var branch = new Branch();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            item(branch);
        }
        branch.part();
        return switch (branch.all.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(branch.all.getFirst());
            default -> Optional.of(new RequiredText.All(branch.all));
        };
    }

    private void item(Branch branch) throws NotReadException {
        int c = regex.codePointAt(at);
        at += Character.charCount(c);
        switch (c) {
            case '(' -> {
                branch.part();
                var inner = group();
                if (!maybeAbsent()) {
                    inner.ifPresent(branch.all::add);
                }
            }
            case '[' -> {
                branch.part();
                skipClass();
                maybeAbsent();
            }
            case '.', '^', '$' -> {
                branch.part();
                maybeAbsent();
            }
            case '\\' -> escaped(branch);
            case '*', '+', '?', '{' -> throw new NotReadException();
            default -> plain(branch, c);
        }
    }

    private void plain(Branch branch, int c) throws NotReadException {
        branch.run.appendCodePoint(c);
        int before = at;
        if (maybeAbsent()) {
            branch.dropLast();
        } else if (at > before) {
            branch.part();
        }
    }

    private void escaped(Branch branch) throws NotReadException {
        if (at == regex.length()) {
            throw new NotReadException();
        }
        char c = regex.charAt(at++);
        if (ESCAPED_PLAIN.indexOf(c) >= 0) {
            plain(branch, c);
        } else if (SAYING_NOTHING.indexOf(c) >= 0) {
            branch.part();
            maybeAbsent();
        } else {
            throw new NotReadException();
        }
    }

    private Optional<RequiredText> group() throws NotReadException {
        if (regex.startsWith("?:", at)) {
            at += 2;
        } else if (regex.startsWith("?", at)) {
            throw new NotReadException();
        }
        var inner = branches();
        if (at == regex.length()) {
            throw new NotReadException();
        }
        at++;
        return inner;
    }

    /** From behind its bracket to behind the other. */
    private void skipClass() throws NotReadException {
        if (regex.startsWith("^", at)) {
            at++;
        }
        boolean first = true;
        while (at < regex.length() && (first || regex.charAt(at) != ']')) {
            char c = regex.charAt(at++);
            if (c == '[') {
                throw new NotReadException();
            }
            at += c == '\\' ? 1 : 0;
            first = false;
        }
        at++;
    }

    /** Passes over how often the item before may stand there; whether not at all is one of it. */
    private boolean maybeAbsent() throws NotReadException {
        if (at >= regex.length()) {
            return false;
        }
        char c = regex.charAt(at);
        if ("*+?{".indexOf(c) < 0) {
            return false;
        }
        at = c == '{' ? behindCount() : at + 1;
        if (regex.startsWith("?", at)) {
            at++;
        }
        return c != '+';
    }

    private int behindCount() throws NotReadException {
        var count = COUNT.matcher(regex).region(at, regex.length());
        if (!count.lookingAt()) {
            throw new NotReadException();
        }
        return count.end();
    }
}
