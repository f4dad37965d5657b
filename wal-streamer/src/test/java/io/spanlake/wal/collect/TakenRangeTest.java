package io.spanlake.wal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.ClosedTransaction;
import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.TransactionId;
import io.spanlake.wal.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakenRangeTest {
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);
    private static final Instant READ = Instant.parse("2026-03-01T12:00:00Z");

    /** A partition gets a new leader, whose clock is behind: what it appends next bears a time before what was read. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 10})
    void nothingThatStillCountsIsClosedWhereTheNextLeadersClockIsBehind(int secondsBehind) {
        var range = new TakenRange(new Claim(0, 1, 1, lost -> {}), 0, 10, READ.minusSeconds(1), READ, 100);
        var appended = READ.minusSeconds(secondsBehind);
        var oldestThatCounts = TransactionId.of(appended.getEpochSecond() - 30, 0);
        assertThat(AppendTimeRule.counts(oldestThatCounts, appended.toEpochMilli()))
                .isTrue();

        var closed = ClosedTransaction.of(
                List.of(Optional.of(range.toFlushedRange(CLOCKS_DIFFER).appendTime())));

        assertThat(oldestThatCounts).isGreaterThanOrEqualTo(closed);
    }
}
