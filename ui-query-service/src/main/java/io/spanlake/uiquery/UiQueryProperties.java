package io.spanlake.uiquery;

import io.spanlake.service.config.BlobCache;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much memory the UI's reads may take, and how long they wait.
 *
 * @param viewBytes   heap for the views of all objects that are read; about 140 bytes a row that was written twice. An
 *                    object whose view does not fit is read by passes over its blobs, which takes seconds
 * @param blockBytes  heap for decoded blocks of the tail, and as much for those of parts: what pages read lately are made of
 * @param answerBytes heap for rows that are being folded and sent; a read that does not find its share is answered 503
 * @param pageBytes   a page ends here even if it has fewer rows than its limit
 * @param strictWait  longest wait of a strict read for the write-ahead log; a flush takes 200 ms
 * @param strictPoll  how often a waiting node asks the catalog where no event comes
 * @param warmFor     how long after its last read a view is extended at each flush; costs one small statement a flush
 * @param cache       blocks of blobs on local disk; off unless a folder is named
 * @param questions   lists, facets, histograms and counts: how many, and how much each may look at
 * @param live        streams of new rows
 */
@ConfigurationProperties("spanlake.ui")
public record UiQueryProperties(
        @DefaultValue("192MB") DataSize viewBytes,
        @DefaultValue("64MB") DataSize blockBytes,
        @DefaultValue("128MB") DataSize answerBytes,
        @DefaultValue("32MB") DataSize pageBytes,
        @DefaultValue("10s") Duration strictWait,
        @DefaultValue("100ms") Duration strictPoll,
        @DefaultValue("30s") Duration warmFor,
        @DefaultValue BlobCache cache,
        @DefaultValue Questions questions,
        @DefaultValue Live live) {
    public UiQueryProperties {
        requirePositive("view-bytes", viewBytes);
        requirePositive("block-bytes", blockBytes);
        requirePositive("answer-bytes", answerBytes);
        requirePositive("page-bytes", pageBytes);
        if (!strictWait.isPositive() || !strictPoll.isPositive()) {
            throw new IllegalArgumentException(
                    "spanlake.ui.strict-wait (%s) and strict-poll (%s) have to be longer than nothing"
                            .formatted(strictWait, strictPoll));
        }
    }

    private static void requirePositive(String name, DataSize size) {
        if (size.toBytes() <= 0) {
            throw new IllegalArgumentException("spanlake.ui.%s is %s, it has to be positive".formatted(name, size));
        }
    }

    /**
     * @param running at once; more are answered 503 with {@code Retry-After}
     * @param rows    that one looks at one by one, newest first, where columns do not answer it; an answer that was not made of
     *                all says so. More make answers about old rows exact, and cost 20 to 50 microseconds of a core each
     * @param time    of columns, and again of looking at rows
     * @param bytes   of a page; times {@code running} it has to fit into the heap
     * @param memory  heap for sorts and groups, where columns answer it; times {@code running} it has to fit
     */
    public record Questions(
            @DefaultValue("16") int running,
            @DefaultValue("50000") long rows,
            @DefaultValue("2s") Duration time,
            @DefaultValue("4MB") DataSize bytes,
            @DefaultValue("16MB") DataSize memory) {
        public Questions {
            if (running < 1 || rows < 1 || !time.isPositive() || bytes.toBytes() < 1 || memory.toBytes() < 1) {
                throw new IllegalArgumentException(
                        "spanlake.ui.questions.running (%d), rows (%d), time (%s), bytes (%s) and memory (%s) have to be positive"
                                .formatted(running, rows, time, bytes, memory));
            }
        }
    }

    /**
     * @param streams at once; each costs a small statement of the catalog a second, or five where rows come
     * @param lasting after which a stream ends and its client comes back, to be seen to be who it was
     */
    public record Live(
            @DefaultValue("100") int streams,
            @DefaultValue("15m") Duration lasting) {
        public Live {
            if (streams < 1 || !lasting.isPositive()) {
                throw new IllegalArgumentException("spanlake.ui.live.streams (%d) and lasting (%s) have to be positive"
                        .formatted(streams, lasting));
            }
        }
    }
}
