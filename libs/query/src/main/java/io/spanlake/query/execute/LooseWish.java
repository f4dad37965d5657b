package io.spanlake.query.execute;

import io.spanlake.query.plan.Hint;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is wanted of loose rows.
 *
 * @param hint      what every row that is needed satisfies; others may be left out
 * @param condition where the hint says all that it says: rows that do not meet it are left out, and may be known from then on.
 *                  Asked by several threads
 * @param unread    whether nothing but how many rows meet the condition is asked: of a row that is known to meet it
 *                  {@link #UNREAD} may be given instead
 */
public record LooseWish(Hint hint, Optional<Predicate<SourceRow>> condition, boolean unread) {
    public static final SourceRow UNREAD = RowKeys.row("", 0);

    public static LooseWish of(Hint hint) {
        return new LooseWish(hint, Optional.empty(), false);
    }
}
