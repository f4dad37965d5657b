package io.spanlake.wal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the WAL streamer groups writes, and what it does when its neighbours are away. A flush ends at whichever limit it
 * meets first.
 *
 * @param group              Kafka consumer group; all streamers of one topic share it
 * @param flushAfter         an organization is flushed at most once in this time, and no write waits longer for company;
 *                           halving it doubles the puts of busy organizations
 * @param flushAfterMax      up to which the time lengthens by itself while many organizations are flushed with few bytes
 * @param linger             how long the first write of a quiet organization waits, so that the rest of its request
 *                           comes along
 * @param smallPutsPerSecond puts of small objects a second that are paid before the time lengthens
 * @param flushBytes         most bytes of one flush, before compression; one record more where that is larger
 * @param bufferBytes        most bytes held in memory over all partitions; beyond it Kafka is paused
 * @param giveUpAfter        how long a put or a commit is repeated before its partitions are claimed and read anew
 * @param handOver           how long a partition that goes to another streamer may take to be flushed; what is not
 *                           committed then, its next owner reads again
 * @param idleEvery          how often partitions without new writes are reported as read to the end
 * @param closedMargin       by how much such a report, and what a flush says of the same, stays behind the broker's clock:
 *                           more than the clocks of two brokers, or of one and this process, may differ
 * @param reclaimAfter       how long a partition that was refused rests before it is claimed again, so that Kafka can
 *                           tell whose it is
 * @param repairPoll         how often the catalog is asked whether a stopped partition was repaired
 * @param sessionTimeout     after which Kafka gives the partitions of a dead streamer to others
 */
@ConfigurationProperties("spanlake.wal")
public record WalProperties(
        @DefaultValue("spanlake-wal-streamer") String group,
        @DefaultValue("200ms") Duration flushAfter,
        @DefaultValue("1s") Duration flushAfterMax,
        @DefaultValue("5ms") Duration linger,
        @DefaultValue("50") int smallPutsPerSecond,
        @DefaultValue("8MB") DataSize flushBytes,
        @DefaultValue("64MB") DataSize bufferBytes,
        @DefaultValue("60s") Duration giveUpAfter,
        @DefaultValue("1s") Duration handOver,
        @DefaultValue("5s") Duration idleEvery,
        @DefaultValue("10s") Duration closedMargin,
        @DefaultValue("1s") Duration reclaimAfter,
        @DefaultValue("3s") Duration repairPoll,
        @DefaultValue("10s") Duration sessionTimeout) {
    public WalProperties {
        if (flushBytes.toBytes() < 1) {
            throw new IllegalArgumentException("spanlake.wal.flush-bytes is " + flushBytes + ", it must be above 0");
        }
        if (bufferBytes.compareTo(flushBytes) < 0) {
            throw new IllegalArgumentException(
                    "spanlake.wal.buffer-bytes (%s) is below flush-bytes (%s)".formatted(bufferBytes, flushBytes));
        }
        if (flushAfterMax.compareTo(flushAfter) < 0) {
            throw new IllegalArgumentException(
                    "spanlake.wal.flush-after-max (%s) is below flush-after (%s)".formatted(flushAfterMax, flushAfter));
        }
        if (smallPutsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "spanlake.wal.small-puts-per-second is " + smallPutsPerSecond + ", it must be above 0");
        }
    }
}
