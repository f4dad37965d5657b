package io.spanlake.query.browse;

import java.util.Optional;

/**
 * What an answer was made of.
 *
 * @param examined rows that were looked at: those that an index could not leave out
 * @param met      the limit that ended the work before it was whole; absent where the answer is exact
 */
public record WorkDone(long examined, Optional<Limit> met) {
    public enum Limit {
        ROWS,
        TIME,
        VALUES
    }

    public boolean exact() {
        return met.isEmpty();
    }
}
