package io.spanlake.query.execute;

import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Plan;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is wanted of an object.
 *
 * @param hint   what every row that is needed satisfies
 * @param fields top-level fields that are read; empty where all may be. Others may be left out of the JSON
 * @param order  of first writes: pagination number, then {@code Placement.hash} of the row id, both unsigned
 * @param rows   about how many are needed; a reader may cancel after them
 * @param watch  told of what is going to be read, and of what was
 */
public record ScanRequest(
        Hint hint, Optional<Set<String>> fields, Plan.Order order, OptionalLong rows, ScanWatch watch) {
    public ScanRequest(Hint hint, Optional<Set<String>> fields, Plan.Order order, OptionalLong rows) {
        this(hint, fields, order, rows, ScanWatch.NONE);
    }
}
