package io.spanlake.segments.look;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.segments.Claim;
import io.spanlake.segments.place.KnownSegments;
import io.spanlake.segments.plan.Backlog;
import io.spanlake.segments.plan.Waiting;
import io.spanlake.segments.wake.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A partition that is ours, and how far it is. Not thread-safe: one look or one settling at a time. */
final class OwnedPartition {
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    /** Of one write in memory, before the first cut has shown what they are like here. */
    private static final long WRITE_BYTES_GUESS = 4 << 10;

    final Task task;
    private @Nullable Claim claim;
    private @Nullable Backlog backlog;
    private @Nullable KnownSegments known;
    private @Nullable Instant since;
    private int currentIncarnation;
    private long writeBytes = WRITE_BYTES_GUESS;
    private Instant restsUntil = Instant.MIN;
    private int failures;
    private boolean behind;

    OwnedPartition(Task task) {
        this.task = task;
    }

    int partition() {
        return task.partition();
    }

    boolean isClaimed() {
        return claim != null && claim.held();
    }

    boolean rests(Instant now) {
        return now.isBefore(restsUntil);
    }

    /** @param segments what is remembered of them; kept if we had the partition before */
    void claimed(ProcessedPosition position, KnownSegments segments) {
        claim = new Claim(position.partition(), position.epoch());
        backlog = Backlog.emptyAt(position.partition(), position.offset());
        known = segments;
        since = null;
        behind = true;
    }

    Optional<KnownSegments> known() {
        return Optional.ofNullable(known);
    }

    Backlog backlog() {
        return Objects.requireNonNull(backlog, "not claimed");
    }

    /** Whether the catalog has something that we do not know of. */
    boolean behind() {
        return behind;
    }

    void wal(WalPosition position) {
        currentIncarnation = position.incarnation();
        behind = new LogOffset(position.incarnation(), position.offset())
                        .compareTo(backlog().known())
                > 0;
    }

    void found(Pending pending, Instant now) {
        backlog = backlog().plus(pending);
        behind = backlog().more();
        if (since == null && !backlog().isEmpty()) {
            since = now;
        }
    }

    boolean waits() {
        return isClaimed() && backlog != null && !backlog.isEmpty();
    }

    Waiting waiting() {
        return new Waiting(partition(), backlog().writes() * writeBytes, Objects.requireNonNull(since), failures > 0);
    }

    PlannedStretch planned() {
        return new PlannedStretch(
                Objects.requireNonNull(claim), backlog(), Objects.requireNonNull(known), currentIncarnation);
    }

    boolean isUnder(Claim asked) {
        return claim == asked;
    }

    /**
     * What is left was left for want of room: it has waited as long.
     *
     * @param bytes in memory of so many writes: what those that wait are like too
     */
    void committed(long next, long writes, long bytes) {
        backlog = backlog().after(next);
        since = backlog().isEmpty() ? null : since;
        failures = 0;
        if (writes > 0) {
            writeBytes = Math.max(1, (writeBytes + bytes / writes) / 2);
        }
    }

    /** Tried again after a while, longer each time. */
    void failed(Duration first, Instant now) {
        var rest = first.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        restsUntil = now.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
    }

    int failures() {
        return failures;
    }

    /** The claim is lost: claimed anew after a while. */
    void lost(Duration rest, Instant now) {
        lose();
        restsUntil = now.plus(rest);
    }

    void lose() {
        if (claim != null) {
            claim.lose();
        }
    }

    /** Age of what was seen first and is not processed. */
    Duration lag(Instant now) {
        return since == null ? Duration.ZERO : Duration.between(since, now);
    }
}
