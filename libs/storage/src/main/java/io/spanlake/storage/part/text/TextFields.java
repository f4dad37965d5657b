package io.spanlake.storage.part.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Numbers of the top-level fields that texts stand in, 1 and up by first sight; 0 stands for all that came when there were
 * {@value #NAMES_MAX} names already. Not thread-safe.
 */
final class TextFields {
    static final int OTHER = 0;
    static final String FACT = "field.";
    private static final int NAMES_MAX = 1_000;

    /** Ids and what the server says: found by other means, never as text; nor are fields of the protocol, as {@code _xact_id}. */
    private static final Set<String> NO_TEXT = Set.of(
            "id",
            "span_id",
            "root_span_id",
            "span_parents",
            "created",
            "is_root",
            "project_id",
            "org_id",
            "experiment_id",
            "dataset_id",
            "prompt_session_id",
            "log_id");

    private final Map<String, Integer> numbers = new HashMap<>();

    static boolean isText(String name) {
        return !name.startsWith("_") && !NO_TEXT.contains(name);
    }

    /** The field's number, -1 where it holds no text. */
    int number(String name) {
        var known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (!isText(name)) {
            return -1;
        }
        if (numbers.size() == NAMES_MAX) {
            return OTHER;
        }
        numbers.put(name, numbers.size() + 1);
        return numbers.size();
    }

    Map<String, String> facts() {
        var facts = new HashMap<String, String>();
        numbers.forEach((name, number) -> facts.put(FACT + number, name));
        return facts;
    }

    static TextFields of(Map<String, String> facts) {
        var fields = new TextFields();
        facts.forEach((fact, name) -> {
            if (fact.startsWith(FACT)) {
                fields.numbers.put(name, Integer.parseInt(fact, FACT.length(), fact.length(), 10));
            }
        });
        return fields;
    }

    void forEach(BiConsumer<String, Integer> action) {
        numbers.forEach(action);
    }

    /** The numbers under which texts of the field may stand. */
    List<Integer> asked(String name) {
        var asked = new ArrayList<Integer>();
        var known = numbers.get(name);
        if (known != null) {
            asked.add(known);
        }
        // Of a part that was merged, one of the others may have had no room for it.
        if (numbers.size() >= NAMES_MAX) {
            asked.add(OTHER);
        }
        return asked;
    }

    /** One more than the largest number. */
    int size() {
        return numbers.size() + 1;
    }
}
