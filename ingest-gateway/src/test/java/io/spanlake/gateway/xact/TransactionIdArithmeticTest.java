package io.spanlake.gateway.xact;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.xact.SharedCounter.Asked;
import io.spanlake.model.Stamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Several gateways, one Redis, and clocks that are wrong: no stamp is made twice, and each gateway only goes up. */
class TransactionIdArithmeticTest {
    private static final long START = 1_800_000_000L;

    /** A gateway as far as ids go: what it saw, its slot, and how far its clock is off. */
    private static final class Gateway {
        final int slot;
        long seen;
        long skew;
        ClockCounter.State clock = ClockCounter.State.seen(0);
        Stamp latest = new Stamp(Ticks.id(0), 0);

        Gateway(int slot) {
            this.slot = slot;
        }
    }

    /** Redis as far as ids go. */
    private static final class Redis {
        OptionalLong last = OptionalLong.empty();
        long skew;
        boolean away;
    }

    private final Set<Stamp> made = new HashSet<>();
    private int fromRedis;

    private void draw(Gateway gateway, Redis redis, long time, int rows) {
        long now = time + gateway.skew;
        var first = OptionalLong.empty();
        if (!redis.away) {
            var outcome = SharedCounter.draw(redis.last, time + redis.skew, new Asked(gateway.seen, now, 1));
            redis.last = OptionalLong.of(outcome.last());
            first = outcome.first();
        }
        TransactionRange range;
        if (first.isPresent()) {
            fromRedis++;
            range = new TransactionRange(Ticks.id(first.getAsLong()), 0, rows);
            gateway.clock = ClockCounter.State.seen(first.getAsLong());
        } else {
            var draw = ClockCounter.draw(gateway.clock, gateway.slot, now, rows);
            gateway.clock = draw.state();
            range = draw.range();
        }
        gateway.seen = gateway.clock.seen();
        assertThat(range.stamp(0)).isGreaterThan(gateway.latest);
        gateway.latest = range.stamp(rows - 1);
        for (int row = 0; row < rows; row++) {
            assertThat(made.add(range.stamp(row)))
                    .as("%s is new", range.stamp(row))
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void whileRedisKeepsItsKeyNoClockCanMakeAStampTwice(@ForAll long seed) {
        made.clear();
        var random = new Random(seed);
        var redis = new Redis();
        var gateways = List.of(new Gateway(0), new Gateway(1), new Gateway(127));
        long time = START;

        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(20)) {
                case 0 -> redis.skew = random.nextInt(-600, 601);
                case 1 -> gateways.get(random.nextInt(3)).skew = random.nextInt(-600, 601);
                case 2 -> redis.away = !redis.away;
                case 3 -> time += random.nextInt(4);
                default -> draw(gateways.get(random.nextInt(3)), redis, time, 1 + random.nextInt(3));
            }
        }
    }

    @Property(tries = 300)
    void whenRedisIsFlushedOnlyTheClocksOfGatewaysHaveToAgree(@ForAll long seed) {
        made.clear();
        var random = new Random(seed);
        var redis = new Redis();
        var gateways = List.of(new Gateway(0), new Gateway(1), new Gateway(127));
        long time = START;

        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(20)) {
                case 0 -> redis.skew = random.nextInt(-600, 601);
                case 1 -> gateways.get(random.nextInt(3)).skew = random.nextInt(-1, 1);
                case 2 -> redis.away = !redis.away;
                case 3 -> redis.last = random.nextInt(4) == 0 ? OptionalLong.empty() : redis.last;
                case 4 -> time += random.nextInt(4);
                default -> draw(gateways.get(random.nextInt(3)), redis, time, 1 + random.nextInt(3));
            }
        }
        // The property would hold for a Redis that never draws, too: it does draw.
        assertThat(fromRedis).isPositive();
    }

    @Nested
    class FromRedis {
        @Test
        void idsFollowEachOtherWithinASecondAndBeginAnewWithTheNext() {
            var first = SharedCounter.draw(OptionalLong.of(Ticks.of(START, 6)), START, new Asked(0, START, 3));
            var second = SharedCounter.draw(OptionalLong.of(first.last()), START + 1, new Asked(0, START + 1, 1));

            assertThat(first.first()).hasValue(Ticks.of(START, 7));
            assertThat(first.last()).isEqualTo(Ticks.of(START, 9));
            assertThat(second.first()).hasValue(Ticks.of(START + 1, 0));
        }

        @Test
        void aFullSecondGoesOnInTheNext() {
            var outcome = SharedCounter.draw(
                    OptionalLong.of(Ticks.of(START, Ticks.SHARED_COUNTER_MAX)), START, new Asked(0, START, 2));

            assertThat(outcome.first()).hasValue(Ticks.of(START + 1, 0));
        }

        @Test
        void aMissingKeyDrawsNothingUntilAllThatWasDrawnBeforeIsPast() {
            var lost = SharedCounter.draw(OptionalLong.empty(), START, new Asked(0, START, 1));
            var early = SharedCounter.draw(OptionalLong.of(lost.last()), START + 2, new Asked(0, START + 2, 1));
            var due = SharedCounter.draw(OptionalLong.of(early.last()), START + 3, new Asked(0, START + 3, 1));

            assertThat(lost.first()).isEmpty();
            assertThat(early.first()).isEmpty();
            assertThat(due.first()).hasValue(Ticks.of(START + 5, 0));
        }

        @Test
        void aRedisTenMinutesAheadDoesNotPullIdsAhead() {
            var outcome = SharedCounter.draw(OptionalLong.of(Ticks.of(START, 0)), START + 600, new Asked(0, START, 1));

            assertThat(outcome.first()).hasValue(Ticks.of(START + 1, 0));
        }

        @Test
        void aRedisTenMinutesBehindDoesNotHoldIdsBack() {
            var outcome =
                    SharedCounter.draw(OptionalLong.of(Ticks.of(START - 600, 0)), START - 600, new Asked(0, START, 1));

            assertThat(outcome.first()).hasValue(Ticks.of(START - SharedCounter.BEHIND_SECONDS, 0));
        }
    }

    @Nested
    class FromTheOwnClock {
        @Test
        void aBusySecondSharesItsLastIdAndDoesNotRunAheadOfTime() {
            var state = ClockCounter.State.seen(0);
            List<Stamp> stamps = new ArrayList<>();

            for (int i = 0; i < 2_000; i++) {
                var draw = ClockCounter.draw(state, 5, START, 20);
                state = draw.state();
                for (int row = 0; row < 20; row++) {
                    stamps.add(draw.range().stamp(row));
                }
            }

            assertThat(stamps).isSorted().doesNotHaveDuplicates();
            assertThat(stamps).allMatch(stamp -> stamp.transaction().unixSeconds() == START);
        }

        @Test
        void whenThePositionsAreUsedUpTooTheNextSecondBeginsEarly() {
            var state = new ClockCounter.State(Ticks.of(START, 0x80FF), 60_000);

            var draw = ClockCounter.draw(state, 0, START, 10_000);

            assertThat(draw.range()).isEqualTo(new TransactionRange(Ticks.id(Ticks.of(START + 1, 0x8000)), 0, 10_000));
        }

        @Test
        void aClockThatWasSetBackDoesNotGoBelowWhatWasSeen() {
            var draw = ClockCounter.draw(ClockCounter.State.seen(Ticks.of(START, 9)), 3, START - 600, 1);

            assertThat(draw.range().id()).isEqualTo(Ticks.id(Ticks.of(START, 0x8300)));
        }
    }
}
