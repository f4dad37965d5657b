package io.spanlake.wal.collect;

import io.spanlake.model.OrganizationId;
import io.spanlake.wal.Claim;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The records of one claim that wait, in order. Not thread-safe: lives on {@code wal-collect}. */
final class WaitingPartition {
    private final Claim claim;
    private final ArrayDeque<WaitingRecord> records = new ArrayDeque<>();
    private final Map<OrganizationId, Long> organizations = new HashMap<>();
    private long bytes;
    private long rowBytes;
    private boolean closing;

    WaitingPartition(Claim claim) {
        this.claim = claim;
    }

    Claim claim() {
        return claim;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** What it counts in the buffer. */
    long bytes() {
        return bytes;
    }

    /** Of its rows, before compression: what a flush is measured by. */
    long rowBytes() {
        return rowBytes;
    }

    void close() {
        closing = true;
    }

    void add(WaitingRecord waiting) {
        records.add(waiting);
        count(waiting, 1);
    }

    Waiting view() {
        var oldest = Objects.requireNonNull(records.peekFirst()).arrived();
        return new Waiting(claim.partition(), oldest, rowBytes, Map.copyOf(organizations), closing);
    }

    /** The oldest records, up to that many bytes of rows; at least one. */
    List<WaitingRecord> take(long bytesMax) {
        var taken = new ArrayList<WaitingRecord>();
        long takenBytes = 0;
        for (var next = records.peekFirst(); next != null; next = records.peekFirst()) {
            takenBytes += next.record().rowBytes();
            if (takenBytes > bytesMax && !taken.isEmpty()) {
                break;
            }
            records.removeFirst();
            count(next, -1);
            taken.add(next);
        }
        return taken;
    }

    private void count(WaitingRecord waiting, int sign) {
        bytes += sign * waiting.record().bytes();
        long change = sign * (long) waiting.record().rowBytes();
        rowBytes += change;
        if (waiting.content() instanceof RecordContent.Writes content && !content.isEmpty()) {
            organizations.merge(content.organization(), change, WaitingPartition::sumOrGone);
        }
    }

    @SuppressWarnings("NullAway") // merge removes the entry where this is null
    private static Long sumOrGone(Long before, Long change) {
        long sum = before + change;
        return sum == 0 ? null : sum;
    }
}
