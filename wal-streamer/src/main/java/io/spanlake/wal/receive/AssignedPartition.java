package io.spanlake.wal.receive;

import io.spanlake.catalog.WalPosition;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A partition that Kafka gave us, and how far we are with it. Not thread-safe: lives on {@code wal-kafka}. */
final class AssignedPartition {
    /** In this order, and from any of them back to {@code CLAIMING}. */
    enum Phase {
        /** The catalog is asked for the next epoch. */
        CLAIMING,
        /** The catalog's offset is compared with what the broker has. */
        CHECKING,
        READING,
        /** Something is missing: what was read before is flushed first. */
        STOPPING,
        /** Until it is repaired. */
        STOPPED,
        /** The claim was lost; Kafka may tell us soon that the partition is not ours any more. */
        RESTING
    }

    final int partition;
    private Phase phase = Phase.CLAIMING;
    private Instant since;
    private boolean asking;
    private Instant askAt = Instant.MIN;
    private boolean paused = true;
    private String reason = "";
    private long next;
    private @Nullable WalPosition position;
    private @Nullable Progress progress;

    AssignedPartition(int partition, Instant since) {
        this.partition = partition;
        this.since = since;
    }

    boolean is(Phase asked) {
        return phase == asked;
    }

    /** When the phase began. */
    Instant since() {
        return since;
    }

    /** Whether the catalog may be asked for what this phase waits for: it was not yet, or the last try failed a while ago. */
    boolean mayAsk(Instant now) {
        return !asking && !now.isBefore(askAt);
    }

    void askAgain(Instant at) {
        asking = false;
        askAt = at;
    }

    void asking(boolean now) {
        asking = now;
    }

    boolean paused() {
        return paused;
    }

    void paused(boolean now) {
        paused = now;
    }

    /** Offset of the record that comes next. */
    long next() {
        return next;
    }

    void next(long offset) {
        next = offset;
    }

    /** Why it stops. */
    String reason() {
        return reason;
    }

    WalPosition position() {
        return Objects.requireNonNull(position);
    }

    /** Of the claim that is read under; absent before the first read. */
    @Nullable
    Progress progress() {
        return progress;
    }

    void enter(Phase entered, Instant now) {
        phase = entered;
        since = now;
        asking = false;
    }

    void claimed(WalPosition at, Instant now) {
        position = at;
        next = at.offset();
        enter(at.stopped().isPresent() ? Phase.STOPPED : Phase.CHECKING, now);
    }

    void reads(Progress under, Instant now) {
        progress = under;
        enter(Phase.READING, now);
    }

    void stops(String why, Instant now) {
        reason = why;
        enter(Phase.STOPPING, now);
    }

    void forgetProgress() {
        progress = null;
    }
}
