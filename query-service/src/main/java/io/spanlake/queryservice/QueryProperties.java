package io.spanlake.queryservice;

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
 * @param memory       heap of one query for sorts, groups and traces; times {@code running} it has to fit
 * @param running      queries at once; more are answered 503 with {@code Retry-After}
 * @param time         longest time of one query; a request may ask for less
 * @param rowsMax      rows of one answer at most; further ones by cursor
 * @param pageBytes    an answer ends here even if it has fewer rows than its limit
 * @param requestBytes body of a request at most
 * @param strictWait   longest wait for the write-ahead log; a flush takes 200 ms
 * @param strictPoll   how often a waiting node asks the catalog
 * @param prices       a file of prices of models, beside and before those that come with the code; see {@code docs/query/functions.md}
 */
@ConfigurationProperties("spanlake.query")
public record QueryProperties(
        @DefaultValue("64MB") DataSize viewBytes,
        @DefaultValue("32MB") DataSize blockBytes,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("8") int running,
        @DefaultValue("30s") Duration time,
        @DefaultValue("1000") int rowsMax,
        @DefaultValue("16MB") DataSize pageBytes,
        @DefaultValue("4MB") DataSize requestBytes,
        @DefaultValue("10s") Duration strictWait,
        @DefaultValue("100ms") Duration strictPoll,
        @Nullable Path prices) {
    public QueryProperties {
        if (running < 1 || rowsMax < 1 || !time.isPositive() || !strictWait.isPositive() || !strictPoll.isPositive()) {
            throw new IllegalArgumentException(
                    "spanlake.query.running (%d), rows-max (%d), time (%s), strict-wait (%s) and strict-poll (%s) have to be positive"
                            .formatted(running, rowsMax, time, strictWait, strictPoll));
        }
    }
}
