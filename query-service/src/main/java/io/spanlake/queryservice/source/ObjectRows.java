package io.spanlake.queryservice.source;

import io.spanlake.model.TransactionId;
import io.spanlake.query.execute.RowSource;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.plan.Plan.SourceObjects;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.scan.ObjectScans;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows of each object that one query names, of one snapshot each. */
public final class ObjectRows implements RowSource {
    private final ObjectScans scans;
    private final ReadWish wish;
    private final Function<SourceObjects, Mono<List<ReadTarget>>> targets;
    private final AtomicReference<Optional<TransactionId>> closed = new AtomicReference<>(Optional.empty());

    ObjectRows(ObjectScans scans, ReadWish wish, Function<SourceObjects, Mono<List<ReadTarget>>> targets) {
        this.scans = scans;
        this.wish = wish;
        this.targets = targets;
    }

    /** Of the snapshot that was taken last. */
    public Optional<TransactionId> closed() {
        return Optional.ofNullable(closed.get()).flatMap(known -> known);
    }

    @Override
    public Mono<List<RowView>> open(SourceObjects objects) {
        return Mono.defer(() -> targets.apply(objects))
                .flatMap(found -> Flux.fromIterable(found).concatMap(this::view).collectList());
    }

    private Mono<RowView> view(ReadTarget target) {
        return snapshot(target)
                .doOnNext(snapshot -> closed.set(Optional.of(snapshot.state().closed())))
                .map(snapshot -> wish.writes() ? new AuditedRows(snapshot.rows()) : snapshot.rows());
    }

    private Mono<ObjectScans.Snapshot> snapshot(ReadTarget target) {
        if (wish.version().isEmpty()) {
            return scans.snapshot(target, wish.mode());
        }
        var version = wish.version().get();
        var type = target.object().ref().type();
        if (!type.keepsVersions()) {
            throw BadReads.bad(
                    "version: a %s has rows as they are now only; datasets, prompts and functions keep their versions"
                            .formatted(type.text()));
        }
        return scans.snapshotAt(target, wish.mode(), version).doOnNext(snapshot -> {
            if (snapshot.state().closed().compareTo(version) < 0) {
                throw BadReads.open(version);
            }
        });
    }
}
