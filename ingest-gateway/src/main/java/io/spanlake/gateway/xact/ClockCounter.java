package io.spanlake.gateway.xact;

import io.spanlake.model.Stamp;

/**
 * Ids of one gateway's own clock: counter {@code 0x8000 | slot << 8 | n}, so that two gateways never make the same. Pure:
 * state in, state out.
 *
 * <p>A slot has 256 ids a second. What a busy second asks beyond that shares its last id, each request with positions of
 * its own, so that ids do not run ahead of time; when the positions are used up too, the next second begins early.
 */
final class ClockCounter {
    private static final int OWN = 0x8000;
    private static final int IDS_PER_SECOND = 0x100;
    private static final int POSITIONS = Stamp.POSITION_MAX + 1;

    private ClockCounter() {}

    /**
     * What was drawn last.
     *
     * @param seen         largest id seen, in ticks
     * @param nextPosition first unused position of {@code seen}, where this counter drew it; else all count as used
     */
    record State(long seen, int nextPosition) {
        static State seen(long ticks) {
            return new State(ticks, POSITIONS);
        }
    }

    /**
     * @param rows positions wanted, 1 to 65,536
     * @param now  seconds by the gateway's clock
     */
    static Draw draw(State state, int slot, long now, int rows) {
        long seconds = Math.max(now, Ticks.seconds(state.seen()));
        int lowest = OWN | slot << 8;
        int used = seconds > Ticks.seconds(state.seen()) ? -1 : Ticks.counter(state.seen());
        if (used < lowest) {
            return fresh(Ticks.of(seconds, lowest), rows);
        }
        if (used < lowest + IDS_PER_SECOND - 1) {
            return fresh(Ticks.of(seconds, used + 1), rows);
        }
        if (used == lowest + IDS_PER_SECOND - 1 && rows <= POSITIONS - state.nextPosition()) {
            int next = state.nextPosition() + rows;
            return new Draw(new State(state.seen(), next), range(state.seen(), state.nextPosition(), rows));
        }
        return fresh(Ticks.of(seconds + 1, lowest), rows);
    }

    private static Draw fresh(long ticks, int rows) {
        return new Draw(new State(ticks, rows), range(ticks, 0, rows));
    }

    private static TransactionRange range(long ticks, int firstPosition, int rows) {
        return new TransactionRange(Ticks.id(ticks), firstPosition, rows);
    }

    record Draw(State state, TransactionRange range) {}
}
