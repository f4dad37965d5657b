package io.spanlake.gateway.produce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What waits in a lane. While a round is on its way, all that comes gathers for the next; and a round waits for what is
 * known to come, the longer the fuller the round before it was: so rounds grow with the load by themselves, and where
 * little comes nobody waits for it. Where the machine is short of CPU it waits for what may come, too: a few small rounds
 * made one cost gateway, broker and log half. Bounded by the bytes that may be on their way to Kafka. Thread-safe.
 */
final class WaitingParcels {
    private static final long LOOK_NANOS = 2_000_000;

    /** Where a round had less than this share of a full one, company would be too little to wait for it by chance. */
    private static final int WORTHWHILE_SHARE = 16;

    private final RoundSettings settings;
    private final BooleanSupplier company;
    private final DoubleSupplier shortage;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private long bytes;
    private long lastRoundBytes;
    private boolean closed;

    /**
     * @param company  whether more is on its way to the lanes
     * @param shortage of CPU, 0 to 1
     */
    WaitingParcels(RoundSettings settings, BooleanSupplier company, DoubleSupplier shortage, LongSupplier nanos) {
        this.settings = settings;
        this.company = company;
        this.shortage = shortage;
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
            boolean wasFull = bytes >= settings.fullBytes();
            bytes += parcel.bytes();
            // Company alone ends no wait.
            if (parcels.size() == 1 || (!wasFull && bytes >= settings.fullBytes())) {
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
        long arrived = parcels.getFirst().arrivedNanos();
        long whateverComes = arrived + sparingNanos();
        long forCompany = arrived + worthwhileNanos();
        for (long left = left(whateverComes, forCompany);
                left > 0 && bytes < settings.fullBytes() && !closed;
                left = left(whateverComes, forCompany)) {
            changed.awaitNanos(left);
        }
    }

    /** How long to wait until the next look. */
    private long left(long whateverComes, long forCompany) {
        long now = nanos.getAsLong();
        if (whateverComes > now) {
            return whateverComes - now;
        }
        // Nobody says when the last of the company went another way.
        return company.getAsBoolean() ? Math.min(forCompany - now, LOOK_NANOS) : 0;
    }

    /** Under little load a wait fills no block, and only makes the answer late. */
    private long worthwhileNanos() {
        return (long) (settings.linger().toNanos() * fullness(settings.fullBytes()));
    }

    private long sparingNanos() {
        return (long) (settings.lingerOfShortage().toNanos()
                * shortage.getAsDouble()
                * fullness(settings.fullBytes() / WORTHWHILE_SHARE));
    }

    private double fullness(long enoughBytes) {
        return Math.min(1.0, (double) lastRoundBytes / enoughBytes);
    }

    private List<Parcel> round() {
        var round = new ArrayList<Parcel>();
        long roundBytes = 0;
        for (var next = parcels.peekFirst(); next != null; next = parcels.peekFirst()) {
            roundBytes += next.bytes();
            if (roundBytes > settings.roundBytesMax() && !round.isEmpty()) {
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
