package io.spanlake.query.tail;

import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.model.TransactionId;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.OpenParts;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Objects that keep versions as they were at the end of a transaction: the writes of the tail up to it, over the versions that
 * parts had then. Each answer reads the tail anew and keeps nothing of it. Thread-safe.
 */
final class TailVersions {
    private static final int SECTIONS_IN_FLIGHT = 2;

    private final ObjectSnapshots snapshots;
    private final SectionReader sections;
    private final OpenParts openParts;
    private final BaseReader bases;
    private final Scheduler decode;
    private final long limitBytes;

    /** @param limitBytes of the index of one answer */
    TailVersions(ObjectSnapshots snapshots, TailBlobs blobs, OpenParts openParts, Scheduler decode, long limitBytes) {
        this.snapshots = snapshots;
        this.sections = new SectionReader(blobs);
        this.openParts = openParts;
        this.bases = new BaseReader(blobs.parts());
        this.decode = decode;
        this.limitBytes = limitBytes;
    }

    <T> Mono<TailAnswer<T>> read(TailObject object, TailQuestion<T> question, TransactionId version) {
        return snapshots
                .snapshot(object.ref(), KnownObject.NOTHING)
                .flatMap(snapshot -> openParts
                        .openAt(object.organization(), snapshot.parts(), version)
                        .flatMap(open -> tail(object, snapshot, open, version)))
                .map(tail -> TailAnswer.of(question, tail));
    }

    private Mono<IndexedTail> tail(
            TailObject object, ObjectSnapshot snapshot, List<OpenPart> open, TransactionId version) {
        var index = new TailIndex();
        return keys(object, snapshot)
                .doOnNext(keys -> add(object, index, keys.upTo(version)))
                .then(Mono.defer(() -> bases.bases(object, index.questions(open))
                        .publishOn(decode)
                        .doOnNext(index::add)
                        .then()))
                .then(Mono.fromSupplier(() -> {
                    index.settle(snapshot.closed());
                    return new IndexedTail(index, TailState.of(snapshot), index.visible(open), index);
                }));
    }

    private Flux<SectionKeys> keys(TailObject object, ObjectSnapshot snapshot) {
        Stream<Source> log = snapshot.walSections().stream().map(Source.Log::new);
        Stream<Source> processed = snapshot.sections().stream().map(Source.Processed::new);
        return Flux.fromStream(Stream.concat(log, processed))
                .flatMapSequential(section -> sections.keys(object, section), SECTIONS_IN_FLIGHT, 1)
                .publishOn(decode, 1);
    }

    private void add(TailObject object, TailIndex index, SectionKeys keys) {
        index.add(keys);
        if (index.bytes() > limitBytes) {
            throw new ReadRefusedException(new ReadRefusal.TailTooLarge(object.ref(), index.bytes(), limitBytes));
        }
    }
}
