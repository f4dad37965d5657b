package io.spanlake.query.browse;

import io.spanlake.query.value.Value;
import java.util.List;

/**
 * The values of a path. Of an array each item counts, once a row.
 *
 * @param path    as it was asked for
 * @param values  the most frequent, most frequent first
 * @param others  how often other values stand there, objects and texts that are too long for a facet among them
 * @param missing rows in which nothing stands there, or null
 */
public record Facet(String path, List<Count> values, long others, long missing) {
    public Facet {
        values = List.copyOf(values);
    }

    /** @param rows that have the value */
    public record Count(Value value, long rows) {}
}
