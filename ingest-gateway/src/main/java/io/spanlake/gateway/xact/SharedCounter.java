package io.spanlake.gateway.xact;

import java.util.OptionalLong;

/**
 * What one call to Redis computes. Pure; {@code draw.lua} is the same in Lua, and a test holds the two side by side.
 *
 * <p>The clock of Redis counts only within {@link #BEHIND_SECONDS} behind and one second ahead of the gateway's, so that
 * a Redis with a wrong clock neither draws ids of the far future nor stale ones. Where the next id would be more than
 * {@link #AHEAD_SECONDS} ahead of the gateway nothing is drawn, and the gateway's own clock serves.
 *
 * <p>A key that is missing (new, flushed, lost) says nothing about what was drawn before. It begins {@link
 * #FRESH_SECONDS} after the latest time anybody here knows of, and draws nothing until that has come: by then every id of
 * the lost key lies behind, also where the key is lost again meanwhile. That holds while the clocks of gateways differ by
 * less than {@code FRESH_SECONDS - AHEAD_SECONDS}, less a second for rounding.
 */
final class SharedCounter {
    static final int AHEAD_SECONDS = 2;
    static final int BEHIND_SECONDS = 5;
    static final int FRESH_SECONDS = 5;
    /** Ids that one call may draw. */
    static final int DRAW_MAX = Ticks.SHARED_COUNTER_MAX + 1;

    private SharedCounter() {}

    /**
     * @param last what the key holds: the last id drawn
     * @param now  seconds by the clock of Redis
     */
    static Outcome draw(OptionalLong last, long now, Asked asked) {
        long time = Math.clamp(now, asked.now() - BEHIND_SECONDS, asked.now() + 1);
        long known = Math.max(asked.seen(), last.orElseGet(() -> beforeFreshStart(time, asked)));
        long first = after(known, time, asked.count());
        long drawn = first + asked.count() - 1;
        if (Ticks.seconds(drawn) > asked.now() + AHEAD_SECONDS) {
            return new Outcome(known, OptionalLong.empty());
        }
        return new Outcome(drawn, OptionalLong.of(first));
    }

    private static long beforeFreshStart(long time, Asked asked) {
        long latest = Math.max(Math.max(time, asked.now()), Ticks.seconds(asked.seen()));
        return Ticks.of(latest + FRESH_SECONDS, 0) - 1;
    }

    /** First of {@code count} ids that follow each other in one second. */
    private static long after(long known, long time, int count) {
        if (Ticks.seconds(known) < time) {
            return Ticks.of(time, 0);
        }
        boolean roomInSecond = Ticks.counter(known) + count <= Ticks.SHARED_COUNTER_MAX;
        return roomInSecond ? known + 1 : Ticks.of(Ticks.seconds(known) + 1, 0);
    }

    /**
     * @param seen  largest id that the gateway has seen, in ticks; 0 for none
     * @param now   seconds by the gateway's clock
     * @param count ids wanted, at most {@link #DRAW_MAX}
     */
    record Asked(long seen, long now, int count) {
        Asked {
            if (count < 1 || count > DRAW_MAX) {
                throw new IllegalArgumentException("a call draws 1 to %d ids, not %d".formatted(DRAW_MAX, count));
            }
        }
    }

    /**
     * @param last  what the key holds now
     * @param first first id drawn; absent where the next would be ahead of the gateway's clock
     */
    record Outcome(long last, OptionalLong first) {}
}
