package io.spanlake.queryservice;

import io.spanlake.queryservice.async.AsyncLimits;
import io.spanlake.queryservice.run.QueryQueue;
import io.spanlake.queryservice.run.RunLimits;
import io.spanlake.service.config.BlobCache;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What queries may take.
 *
 * @param viewBytes    heap for the views of objects that are read
 * @param blockBytes   heap for decoded blocks
 * @param columnBytes  heap for columns of parts; a number in a million rows takes 8 MB, a name 2 MB
 * @param memory       heap of one query for sorts, groups and traces; times {@code running} it has to fit
 * @param running      queries at once; more wait, those of the organization that has the fewest running go first
 * @param waiting      queries of one organization that wait; more are answered 503 with {@code Retry-After}
 * @param patience     longest wait of a query for its start; then 503
 * @param time         longest time of one query; a request may ask for less
 * @param rowsMax      rows of one answer at most; further ones by cursor
 * @param pageBytes    an answer ends here even if it has fewer rows than its limit
 * @param requestBytes body of a request at most
 * @param strictWait   longest wait for the write-ahead log; a flush takes 200 ms
 * @param strictPoll   how often a waiting node asks the catalog
 * @param spillBytes   local disk for what does not fit into {@code memory}, of all queries together; 0 for none
 * @param asyncTime    longest time of a query without a waiting client
 * @param asyncBytes   disk for the answer of one of them
 * @param asyncKept    so many of them are known at once, each with its answer on disk
 * @param asyncKeep    how long an answer is kept that nobody asks for
 * @param cache        blocks of blobs on local disk; off unless a folder is named
 * @param folder       on local disk, for what does not fit into memory and for answers; a temporary one where it is not set
 * @param prices       a file of prices of models, beside and before those that come with the code; see {@code docs/query/functions.md}
 */
@ConfigurationProperties("spanlake.query")
public record QueryProperties(
        @DefaultValue("64MB") DataSize viewBytes,
        @DefaultValue("32MB") DataSize blockBytes,
        @DefaultValue("64MB") DataSize columnBytes,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("8") int running,
        @DefaultValue("32") int waiting,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("30s") Duration time,
        @DefaultValue("1000") int rowsMax,
        @DefaultValue("16MB") DataSize pageBytes,
        @DefaultValue("4MB") DataSize requestBytes,
        @DefaultValue("10s") Duration strictWait,
        @DefaultValue("100ms") Duration strictPoll,
        @DefaultValue("4GB") DataSize spillBytes,
        @DefaultValue("10m") Duration asyncTime,
        @DefaultValue("256MB") DataSize asyncBytes,
        @DefaultValue("32") int asyncKept,
        @DefaultValue("1h") Duration asyncKeep,
        @DefaultValue BlobCache cache,
        @Nullable Path folder,
        @Nullable Path prices) {
    public QueryProperties {
        if (waiting < 0 || !patience.isPositive() || asyncKept < 1 || !asyncTime.isPositive()) {
            throw new IllegalArgumentException(
                    "spanlake.query.patience (%s), async-kept (%d) and async-time (%s) have to be positive, waiting (%d) not negative"
                            .formatted(patience, asyncKept, asyncTime, waiting));
        }
        if (running < 1 || rowsMax < 1 || !time.isPositive() || !strictWait.isPositive() || !strictPoll.isPositive()) {
            throw new IllegalArgumentException(
                    "spanlake.query.running (%d), rows-max (%d), time (%s), strict-wait (%s) and strict-poll (%s) have to be positive"
                            .formatted(running, rowsMax, time, strictWait, strictPoll));
        }
    }

    RunLimits runLimits() {
        return new RunLimits(memory.toBytes(), time, strictWait, rowsMax, pageBytes.toBytes());
    }

    QueryQueue.Limits queueLimits() {
        return new QueryQueue.Limits(running, waiting, patience);
    }

    AsyncLimits asyncLimits(Path answers) {
        return new AsyncLimits(answers, asyncKept, asyncBytes.toBytes(), asyncTime, asyncKeep);
    }
}
