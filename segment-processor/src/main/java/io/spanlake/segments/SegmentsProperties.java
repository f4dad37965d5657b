package io.spanlake.segments;

import io.spanlake.segments.place.SegmentLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When the segment processor cuts, how it lays traces into segments, and what it does when its neighbours are away.
 *
 * @param application    Kafka Streams application id; all processors of one topic share it
 * @param cutAfter       longest time a write waits in the log before it is processed; halving it doubles the blobs and
 *                       catalog transactions of quiet objects
 * @param cutBytes       most bytes that a cut holds in memory, one flush of the log more where that is larger; a partition
 *                       in which so much waits is cut at once
 * @param lookEvery      how often the catalog is asked while events come or writes wait
 * @param idleEvery      how often it is asked though no event came: what a lost event costs at most
 * @param segmentBytes   bytes after which a segment takes no new trace
 * @param segmentRows    rows after which a segment takes no new trace
 * @param segmentAge     age after which a segment takes no new trace
 * @param traceBytes     bytes of a trace from which on it has a segment of its own
 * @param knownTraces    traces a partition whose segment is remembered; one that is forgotten goes to another segment
 * @param giveUpAfter    how long the blobs of a cut are put again before the cut is dropped and made anew
 * @param retryAfter     how long a partition whose log could not be read rests; it doubles with each time, up to a minute
 * @param reclaimAfter   how long a partition that was refused rests before it is claimed again, so that Kafka can tell
 *                       whose it is
 * @param sessionTimeout after which Kafka gives the partitions of a dead processor to others
 */
@ConfigurationProperties("spanlake.segments")
public record SegmentsProperties(
        @DefaultValue("spanlake-segment-processor") String application,
        @DefaultValue("10s") Duration cutAfter,
        @DefaultValue("64MB") DataSize cutBytes,
        @DefaultValue("1s") Duration lookEvery,
        @DefaultValue("10s") Duration idleEvery,
        @DefaultValue("256MB") DataSize segmentBytes,
        @DefaultValue("200000") int segmentRows,
        @DefaultValue("10m") Duration segmentAge,
        @DefaultValue("64MB") DataSize traceBytes,
        @DefaultValue("10000") int knownTraces,
        @DefaultValue("30s") Duration giveUpAfter,
        @DefaultValue("2s") Duration retryAfter,
        @DefaultValue("1s") Duration reclaimAfter,
        @DefaultValue("10s") Duration sessionTimeout) {
    public SegmentsProperties {
        mustBePositive("cut-after", cutAfter);
        mustBePositive("look-every", lookEvery);
        mustBePositive("idle-every", idleEvery);
        if (cutBytes.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "spanlake.segments.cut-bytes is %s, it must be above 0".formatted(cutBytes));
        }
        if (segmentRows < 1 || knownTraces < 1) {
            throw new IllegalArgumentException(
                    "spanlake.segments.segment-rows is %d and known-traces %d, both must be above 0"
                            .formatted(segmentRows, knownTraces));
        }
        if (segmentBytes.compareTo(traceBytes) < 0) {
            throw new IllegalArgumentException("spanlake.segments.segment-bytes (%s) is below trace-bytes (%s)"
                    .formatted(segmentBytes, traceBytes));
        }
    }

    SegmentLimits limits() {
        return new SegmentLimits(segmentBytes.toBytes(), segmentRows, segmentAge, traceBytes.toBytes());
    }

    private static void mustBePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(
                    "spanlake.segments.%s is %s, it must be above 0".formatted(name, duration));
        }
    }
}
