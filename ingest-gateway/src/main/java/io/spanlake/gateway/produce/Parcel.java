package io.spanlake.gateway.produce;

import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a request has for one partition, stamped, on its way to Kafka. Answered once; thread-safe. */
final class Parcel {
    private final int partition;
    private final OrganizationId organization;
    private final List<Write> writes;
    private final int bytes;
    private final long arrivedNanos;
    private final Answers answers;
    private final AtomicBoolean answered = new AtomicBoolean();

    /**
     * @param writes       at least one, in the order of their stamps
     * @param bytes        of the writes, about
     * @param arrivedNanos when it comes to its lane
     */
    Parcel(
            int partition,
            OrganizationId organization,
            List<Write> writes,
            int bytes,
            long arrivedNanos,
            Answers answers) {
        this.partition = partition;
        this.organization = organization;
        this.writes = writes;
        this.bytes = bytes;
        this.arrivedNanos = arrivedNanos;
        this.answers = answers;
    }

    int partition() {
        return partition;
    }

    OrganizationId organization() {
        return organization;
    }

    List<Write> writes() {
        return writes;
    }

    int bytes() {
        return bytes;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    /**
     * @param earliestMs append time of the first of its records, as Kafka gave it, unix milliseconds
     * @param latestMs   of the last
     */
    void acknowledged(long earliestMs, long latestMs) {
        if (answered.compareAndSet(false, true)) {
            answers.acknowledged(
                    AppendTimeRule.counts(oldest(), latestMs) && AppendTimeRule.counts(newest(), earliestMs));
        }
    }

    void failed(Throwable failure) {
        if (answered.compareAndSet(false, true)) {
            answers.failed(failure);
        }
    }

    private TransactionId oldest() {
        return writes.getFirst().stamp().transaction();
    }

    private TransactionId newest() {
        return writes.getLast().stamp().transaction();
    }
}
