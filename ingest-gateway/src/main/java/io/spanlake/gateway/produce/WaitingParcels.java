package io.spanlake.gateway.produce;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What waits in a lane. While a round is on its way, all that comes gathers for the next; and a round waits for what is
 * known to come, the longer the fuller the round before it was: so rounds grow with the load by themselves, and where
 * little comes nobody waits for it. Bounded by the bytes that may be on their way to Kafka. Thread-safe.
 */
final class WaitingParcels {
    private static final long LOOK_NANOS = 2_000_000;

    private final long fullBytes;
    private final long roundBytesMax;
    private final long lingerNanos;
    private final BooleanSupplier company;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private long bytes;
    private long lastRoundBytes;
    private boolean closed;

    /**
     * @param fullBytes     with so much no more company is waited for
     * @param roundBytesMax most of one round, but for a parcel that is larger
     * @param linger        how long the first parcel waits for company that is on its way, at most
     * @param company       whether more is on its way to the lanes
     */
    WaitingParcels(long fullBytes, long roundBytesMax, Duration linger, BooleanSupplier company, LongSupplier nanos) {
        this.fullBytes = fullBytes;
        this.roundBytesMax = roundBytesMax;
        this.lingerNanos = linger.toNanos();
        this.company = company;
        this.nanos = nanos;
    }

    /** @return false where none is taken any more */
    boolean add(Parcel parcel) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            parcels.add(parcel);
            boolean wasFull = bytes >= fullBytes;
            bytes += parcel.bytes();
            // Company alone ends no wait.
            if (parcels.size() == 1 || (!wasFull && bytes >= fullBytes)) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next round, in order; empty where all is sent and none will come. Blocks. */
    List<Parcel> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (parcels.isEmpty()) {
                if (closed) {
                    return List.of();
                }
                changed.await();
            }
            awaitCompany();
            return round();
        } finally {
            lock.unlock();
        }
    }

    /** What is there is still taken, at once. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All that waits, which is not waited for any more. */
    List<Parcel> rest() {
        lock.lock();
        try {
            var rest = List.copyOf(parcels);
            parcels.clear();
            bytes = 0;
            return rest;
        } finally {
            lock.unlock();
        }
    }

    private void awaitCompany() throws InterruptedException {
        long due = parcels.getFirst().arrivedNanos() + worthwhileNanos();
        long left = due - nanos.getAsLong();
        while (left > 0 && bytes < fullBytes && !closed && company.getAsBoolean()) {
            // Nobody says when the last of the company went another way.
            changed.awaitNanos(Math.min(left, LOOK_NANOS));
            left = due - nanos.getAsLong();
        }
    }

    /** Under little load a wait fills no block, and only makes the answer late. */
    private long worthwhileNanos() {
        return (long) (lingerNanos * Math.min(1.0, (double) lastRoundBytes / fullBytes));
    }

    private List<Parcel> round() {
        var round = new ArrayList<Parcel>();
        long roundBytes = 0;
        for (var next = parcels.peekFirst(); next != null; next = parcels.peekFirst()) {
            roundBytes += next.bytes();
            if (roundBytes > roundBytesMax && !round.isEmpty()) {
                break;
            }
            parcels.removeFirst();
            bytes -= next.bytes();
            round.add(next);
        }
        lastRoundBytes = round.stream().mapToLong(Parcel::bytes).sum();
        return round;
    }
}
