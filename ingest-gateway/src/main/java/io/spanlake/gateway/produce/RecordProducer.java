package io.spanlake.gateway.produce;

import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.place.PlacedRows;
import io.spanlake.gateway.place.PlannedRecord;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.xact.TransactionIds;
import io.spanlake.gateway.xact.TransactionRange;
import io.spanlake.model.TransactionId;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends all records of a request, and says when every one is acknowledged. Thread-safe. */
public final class RecordProducer {
    /** Groups of one request that wait for their share at a time, so that a big one leaves turns to others. */
    private static final int GROUPS_AT_ONCE = 8;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final WritesLanes lanes;
    private final ByteBudget inflight;
    private final TransactionIds transactions;
    private final LongSupplier nanos;

    /**
     * @param inflight bytes of records that may be on their way to Kafka
     * @param nanos    a clock that only goes forward, the one of the lanes
     */
    public RecordProducer(WritesLanes lanes, ByteBudget inflight, TransactionIds transactions, LongSupplier nanos) {
        this.lanes = lanes;
        this.inflight = inflight;
        this.transactions = transactions;
        this.nanos = nanos;
    }

    /**
     * The largest transaction of the rows, once all records are acknowledged.
     *
     * @param rows at least one
     */
    public Mono<TransactionId> produce(PlacedRows rows, Runnable drawn) {
        var groups = RecordGroups.of(rows.records());
        return Mono.usingWhen(
                inflight.hold(RecordGroups.bytes(groups.getFirst())),
                held -> transactions
                        .draw(rows.rows().size())
                        .doOnNext(ranges -> drawn.run())
                        .flatMap(ranges -> sendAll(new StampedRows(rows, ranges), groups, held)),
                RecordProducer::giveBack);
    }

    private Mono<TransactionId> sendAll(StampedRows rows, List<List<PlannedRecord>> groups, Held heldForFirst) {
        var first = send(rows, groups.getFirst(), heldForFirst);
        var others = Flux.fromIterable(groups.subList(1, groups.size()))
                .flatMap(group -> holdAndSend(rows, group), GROUPS_AT_ONCE);
        return Flux.merge(first, others)
                .all(counts -> counts)
                .flatMap(all -> all ? Mono.just(largest(rows.ranges())) : Refusals.error(notInTime()));
    }

    private Mono<Boolean> holdAndSend(StampedRows rows, List<PlannedRecord> group) {
        return Mono.usingWhen(
                inflight.hold(RecordGroups.bytes(group)), held -> send(rows, group, held), RecordProducer::giveBack);
    }

    /**
     * Completes when all replicas have all of the group: whether every one counts. From here on the held bytes are the
     * parcels': given back when Kafka has answered for all, whoever leaves.
     */
    private Mono<Boolean> send(StampedRows rows, List<PlannedRecord> group, Held held) {
        return Mono.create(sink -> {
            var answers = new Answers(group.size(), held.handOver(), sink);
            long now = nanos.getAsLong();
            group.forEach(record -> lanes.of(record.partition())
                    .send(new Parcel(
                            record.partition(),
                            rows.organization(),
                            rows.writes(record),
                            record.bytes(),
                            now,
                            answers)));
        });
    }

    private static Refusal notInTime() {
        return new Refusal.NotInTime(RETRY_AFTER);
    }

    private static TransactionId largest(List<TransactionRange> ranges) {
        return ranges.getLast().id();
    }

    private static Mono<Void> giveBack(Held held) {
        return Mono.fromRunnable(held::release);
    }
}
