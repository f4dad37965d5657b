package io.spanlake.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppendTimeRuleTest {
    private static final long SECONDS = 1_800_000_000L;
    private final TransactionId id = TransactionId.of(SECONDS, TransactionId.COUNTER_MAX);

    @Test
    void aRecordAppendedThirtySecondsAfterItsIdStillCounts() {
        assertThat(AppendTimeRule.counts(id, SECONDS * 1000 + 30_000)).isTrue();
    }

    @Test
    void aMillisecondLaterItDoesNot() {
        assertThat(AppendTimeRule.counts(id, SECONDS * 1000 + 30_001)).isFalse();
    }

    @Test
    void aRecordAppendedTenSecondsBeforeTheTimeOfItsIdCountsToo() {
        assertThat(AppendTimeRule.counts(id, SECONDS * 1000 - 10_000)).isTrue();
    }

    @Test
    void aMillisecondEarlierItDoesNot() {
        assertThat(AppendTimeRule.counts(id, SECONDS * 1000 - 10_001)).isFalse();
    }
}
