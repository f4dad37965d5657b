package io.spanlake.compactor;

import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.compactor.plan.PlanLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When objects are compacted, and how much at a time.
 *
 * @param jobs            of tails at a time, each a thread and up to three times {@code frameBytes}, twice {@code indexBytes}
 *                        and three of its largest rows in memory
 * @param rewrites        of parts at a time, beside the jobs, each as much
 * @param pollEvery       how often the catalog is asked for work while there is none
 * @param segmentTail     raw bytes of one segment's tail that make its object due
 * @param objectTail      raw bytes of an object's tail that make it due; more of it makes larger parts and dearer reads
 * @param tailAge         of the oldest processed section, that makes its object due
 * @param carriedAge      the same of patches and tombstones that wait for their row
 * @param lease           how long an object is left to one compactor; longer than a job takes
 * @param jobTail         raw bytes of the tail that one job takes
 * @param jobRows         states of the tail that one job takes: some 200 bytes of memory each
 * @param frameBytes      of decoded frames that a job keeps
 * @param indexBytes      of what a job's indexes buffer, of each of the two; what does not fit goes to disk and is merged
 * @param part            raw bytes of a part that is merged no further
 * @param partRows        rows of the same
 * @param tracePart       raw bytes of one trace in one part: a larger trace is cut into parts of about this size, which are
 *                        merged no further
 * @param mergeParts      parts of one level that are merged into one of the next
 * @param deadShare       of a part's rows, from which on it is written anew
 * @param eraseAfter      how long the bytes of deleted rows stay in parts; then these are written anew
 * @param scratch         folder for files of parts under way; a temporary one where it is empty
 * @param sweepEvery      how often retired blobs are looked for
 * @param sweepGrace      how long retired blobs stay: longer than the longest query, and than PostgreSQL may be set back
 * @param orphanAge       of a blob that nothing names, until it is one
 * @param orphansEvery    how often the whole store is listed for them; each time costs a request for 5,000 blobs
 * @param softDelete      that the blob store is set up with, for receipts
 * @param kafkaRetention  of topic {@code writes}, for receipts
 */
@ConfigurationProperties("spanlake.compactor")
public record CompactorProperties(
        @DefaultValue("1") int jobs,
        @DefaultValue("1") int rewrites,
        @DefaultValue("5s") Duration pollEvery,
        @DefaultValue("16MB") DataSize segmentTail,
        @DefaultValue("64MB") DataSize objectTail,
        @DefaultValue("5m") Duration tailAge,
        @DefaultValue("10m") Duration carriedAge,
        @DefaultValue("10m") Duration lease,
        @DefaultValue("256MB") DataSize jobTail,
        @DefaultValue("250000") int jobRows,
        @DefaultValue("64MB") DataSize frameBytes,
        @DefaultValue("64MB") DataSize indexBytes,
        @DefaultValue("1GB") DataSize part,
        @DefaultValue("2000000") long partRows,
        @DefaultValue("256MB") DataSize tracePart,
        @DefaultValue("8") int mergeParts,
        @DefaultValue("0.2") double deadShare,
        @DefaultValue("30m") Duration eraseAfter,
        @DefaultValue("") String scratch,
        @DefaultValue("1m") Duration sweepEvery,
        @DefaultValue("15m") Duration sweepGrace,
        @DefaultValue("24h") Duration orphanAge,
        @DefaultValue("6h") Duration orphansEvery,
        @DefaultValue("0s") Duration softDelete,
        @DefaultValue("72h") Duration kafkaRetention) {
    private static final Duration REST_WITHOUT_WORK = Duration.ofSeconds(30);
    private static final Duration REST_WHEN_ASKED = Duration.ofSeconds(1);
    private static final int MERGE_PARTS_MIN = 2;
    private static final Duration REST_AFTER_FAULT = Duration.ofMinutes(1);

    public CompactorProperties {
        if (jobs < 1) {
            throw new IllegalArgumentException("spanlake.compactor.jobs is " + jobs + ", it must be above 0");
        }
        if (rewrites < 1) {
            throw new IllegalArgumentException("spanlake.compactor.rewrites is " + rewrites + ", it must be above 0");
        }
        if (objectTail.compareTo(jobTail) > 0) {
            throw new IllegalArgumentException(
                    "spanlake.compactor.object-tail (%s) is above job-tail (%s)".formatted(objectTail, jobTail));
        }
        if (orphanAge.compareTo(lease) < 0) {
            throw new IllegalArgumentException(
                    "spanlake.compactor.orphan-age (%s) is below lease (%s): blobs of a job under way would be orphans"
                            .formatted(orphanAge, lease));
        }
    }

    /** When nobody asks for more. */
    Terms terms() {
        return terms(tailAge, mergeParts, REST_WITHOUT_WORK);
    }

    /** @param age of sections that are indexed whatever their size */
    Terms termsOfTail(Duration age) {
        return terms(age, mergeParts, REST_WHEN_ASKED);
    }

    /** Whatever can be merged is merged. */
    Terms termsOfMerges() {
        return terms(tailAge, MERGE_PARTS_MIN, REST_WHEN_ASKED);
    }

    private Terms terms(Duration age, int merged, Duration restWithoutWork) {
        var plan = new PlanLimits(jobRows, jobTail.toBytes(), part.toBytes(), partRows, merged, deadShare);
        var due = new CompactionLimits(
                segmentTail.toBytes(),
                objectTail.toBytes(),
                age,
                carriedAge,
                deadShare,
                Duration.ofMinutes(10),
                plan.merges());
        return new Terms(due, plan, restWithoutWork);
    }

    /** Of an object whose job failed, so that it does not keep others from theirs. */
    Duration restAfterFault() {
        return REST_AFTER_FAULT;
    }
}
