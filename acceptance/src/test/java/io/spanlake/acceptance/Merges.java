package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What rows that were sent one after another have to come to; written anew here, as SDKs describe it. */
final class Merges {
    private static final List<String> STAND = List.of("created", "span_id", "root_span_id", "span_parents");

    private Merges() {}

    /** Row id → the row, of rows in the order in which they were sent. */
    static Map<String, Fields> fold(List<Fields> sent) {
        var rows = new LinkedHashMap<String, Fields>();
        for (var row : sent) {
            boolean merges = row.get("_is_merge").text().equals("true");
            rows.merge(row.text("id"), row, (before, now) -> merges ? merged(before, now) : now);
        }
        return rows;
    }

    private static Fields merged(Fields before, Fields now) {
        var fields = new LinkedHashMap<>(before.fields());
        now.fields().forEach((name, value) -> {
            if (!STAND.contains(name) || !before.has(name)) {
                fields.merge(name, value, Merges::deep);
            }
        });
        return new Fields(fields);
    }

    private static RawJson deep(RawJson before, RawJson now) {
        if (!(before instanceof Fields left) || !(now instanceof Fields right)) {
            return now;
        }
        var fields = new LinkedHashMap<>(left.fields());
        right.fields().forEach((name, value) -> fields.merge(name, value, Merges::deep));
        return new Fields(fields);
    }
}
