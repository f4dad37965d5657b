package io.spanlake.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Text that looks like what people and models write: sentences of a subject, a verb and an object in one of seven languages,
 * names of things that go through a whole conversation, now and then a list or a piece of code.
 */
final class Prose {
    private final RandomGenerator random;
    private final Language language;
    private final List<String> topics;

    Prose(RandomGenerator random, Language language) {
        this.random = random;
        this.language = language;
        this.topics = topics();
    }

    Language language() {
        return language;
    }

    private List<String> topics() {
        var topics = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            topics.add(pick(language.objects()) + language.gap() + Integer.toString(random.nextInt(100, 10_000), 36));
        }
        return List.copyOf(topics);
    }

    String sentence() {
        var words = new ArrayList<String>();
        words.add(pick(language.subjects()));
        words.add(pick(language.verbs()));
        words.add(random.nextInt(3) == 0 ? pick(topics) : pick(language.objects()));
        if (random.nextBoolean()) {
            words.add(pick(language.circumstances()));
        }
        if (random.nextInt(3) == 0) {
            words.add(Integer.toString(random.nextInt(1, 5_000)));
        }
        return String.join(language.gap(), words) + language.stop();
    }

    /** About that many characters; never fewer than one sentence. */
    String text(int chars) {
        var text = new StringBuilder(chars + 80);
        do {
            if (!text.isEmpty()) {
                text.append(random.nextInt(6) == 0 ? "\n\n" : language.gap().isEmpty() ? "" : " ");
            }
            if (random.nextInt(12) == 0) {
                text.append("\n- ")
                        .append(sentence())
                        .append("\n- ")
                        .append(sentence())
                        .append('\n');
            } else {
                text.append(sentence());
            }
        } while (text.length() < chars);
        return text.toString();
    }

    /** Lines of a program or of its output. */
    String code(int chars) {
        var code = new StringBuilder(chars + 80);
        int line = 1;
        while (code.length() < chars) {
            int depth = random.nextInt(4);
            code.append("    ".repeat(depth));
            switch (random.nextInt(5)) {
                case 0 ->
                    code.append("def ")
                            .append(name())
                            .append('(')
                            .append(name())
                            .append("):");
                case 1 ->
                    code.append("if ")
                            .append(name())
                            .append(" == ")
                            .append(random.nextInt(100))
                            .append(':');
                case 2 ->
                    code.append("return ")
                            .append(name())
                            .append('[')
                            .append(random.nextInt(10))
                            .append(']');
                case 3 -> code.append("# ").append(sentence());
                default ->
                    code.append(name())
                            .append(" = ")
                            .append(name())
                            .append('(')
                            .append(line)
                            .append(')');
            }
            code.append('\n');
            line++;
        }
        return code.toString();
    }

    String name() {
        return Language.ENGLISH
                        .verbs()
                        .get(random.nextInt(Language.ENGLISH.verbs().size()))
                        .split(" ", 2)[0] + "_"
                + pick(Language.ENGLISH.objects()).split(" ", 2)[1].replace(' ', '_');
    }

    String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
