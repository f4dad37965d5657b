package io.spanlake.catalog;

import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Up to where the log is complete. A record counts only if the broker appended it at most {@link AppendTimeRule#LATENESS_MS_MAX} after
 * the time in its id, so a partition that was read up to a time has no more to give from before that time less the window.
 */
public final class ClosedTransaction {
    private static final Duration APPEND_WINDOW = Duration.ofMillis(AppendTimeRule.LATENESS_MS_MAX);
    private static final TransactionId NOTHING = TransactionId.of(0, 0);

    private ClosedTransaction() {}

    /**
     * The first transaction that may still come.
     *
     * @param readUntil of every partition; absent where it is not known yet, and then nothing is closed
     */
    public static TransactionId of(Collection<Optional<Instant>> readUntil) {
        return readUntil.stream()
                .map(time -> time.map(ClosedTransaction::before).orElse(NOTHING))
                .min(TransactionId::compareTo)
                .orElse(NOTHING);
    }

    private static TransactionId before(Instant readUntil) {
        return TransactionId.of(Math.max(0, readUntil.minus(APPEND_WINDOW).getEpochSecond()), 0);
    }
}
