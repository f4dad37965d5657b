package io.spanlake.query.scan;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobReadWatch;
import io.spanlake.blobstore.BlobReads;
import io.spanlake.query.execute.ScanWatch;
import io.spanlake.query.tail.PlacedRows;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tells the watch of a scan in which place it was that something was read. Thread-safe. */
record PlaceWatch(ScanWatch watch) implements BlobReadWatch {
    @Override
    public void read(BlobName blob, Origin origin, int bytes, Duration waited) {
        watch.blob(PlaceNames.of(blob), origin, bytes, waited);
    }

    /** The same, with what it reads of blobs told. */
    <T> Flux<T> of(Flux<T> work) {
        return watch == ScanWatch.NONE ? work : work.contextWrite(BlobReads.toldTo(this));
    }

    <T> Mono<T> of(Mono<T> work) {
        return watch == ScanWatch.NONE ? work : work.contextWrite(BlobReads.toldTo(this));
    }

    /** A question to the indexes of a part, which blocks. */
    <T> Mono<T> asked(String part, Callable<T> question, Scheduler search) {
        return BlobReads.blocking(question)
                .timed()
                .doOnNext(timed -> watch.asked(part, timed.elapsedSinceSubscription()))
                .map(timed -> timed.get())
                .subscribeOn(search);
    }

    /**
     * Nothing else leaves out rows that are in no part, or not in their newest state.
     *
     * @param admitted those of the tail that are looked at
     */
    void tail(PlacedRows tail, PlacedRows admitted) {
        if (watch == ScanWatch.NONE) {
            return;
        }
        var all = byPlace(tail);
        var some = byPlace(admitted);
        all.forEach((place, count) -> watch.admitted(place, count, some.getOrDefault(place, 0L)));
    }

    private static Map<String, Long> byPlace(PlacedRows rows) {
        var places = new TreeMap<String, Long>();
        rows.countBySource().forEach((source, count) -> places.merge(PlaceNames.of(source), count, Long::sum));
        return places;
    }
}
