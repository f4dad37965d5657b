package io.spanlake.catalog;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** What was left out of the write-ahead log because nothing can read it, so that a person is told. */
public interface UnreadableBlobs {
    /** Enters blobs that are stored; one that is known already stays as it is. From then on no sweep takes them. */
    Mono<Void> enter(List<UnreadableBlob> blobs);

    /** The newest ones, and how many there are. */
    Mono<Known> known(int limit);

    /** @param newest at most as many as were asked for, the newest first */
    record Known(long count, List<Entry> newest) {
        public Known {
            newest = List.copyOf(newest);
        }
    }

    record Entry(UnreadableBlob blob, Instant foundAt) {}
}
