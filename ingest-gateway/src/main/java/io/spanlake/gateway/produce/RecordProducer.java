package io.spanlake.gateway.produce;

import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.place.PlacedRows;
import io.spanlake.gateway.place.PlannedRecord;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.xact.TransactionIds;
import io.spanlake.gateway.xact.TransactionRange;
import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.TransactionId;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Sends all records of a request, and says when every one is acknowledged. Thread-safe. */
public final class RecordProducer {
    /** Records of one request that wait for their share at a time, so that a big one leaves turns to others. */
    private static final int RECORDS_AT_ONCE = 8;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final KafkaSender kafka;
    private final ByteBudget inflight;
    private final TransactionIds transactions;
    private final Scheduler producing;

    /**
     * @param inflight  bytes of records that may be on their way to Kafka
     * @param producing threads that build records and may block in the producer
     */
    public RecordProducer(
            WritesLanes lanes, String topic, ByteBudget inflight, TransactionIds transactions, Scheduler producing) {
        this.kafka = new KafkaSender(lanes, topic);
        this.inflight = inflight;
        this.transactions = transactions;
        this.producing = producing;
    }

    /**
     * The largest transaction of the rows, once all records are acknowledged.
     *
     * @param rows at least one
     */
    public Mono<TransactionId> produce(PlacedRows rows, Runnable drawn) {
        var first = rows.records().getFirst();
        return Mono.usingWhen(
                inflight.hold(first.bytes()),
                held -> transactions
                        .draw(rows.rows().size())
                        .doOnNext(ranges -> drawn.run())
                        .flatMap(ranges -> send(new StampedRows(rows, ranges), held)),
                RecordProducer::giveBack);
    }

    private Mono<TransactionId> send(StampedRows rows, Held heldForFirst) {
        var records = rows.placed().records();
        var first = send(rows, records.getFirst(), heldForFirst);
        var others = Flux.fromIterable(records.subList(1, records.size()))
                .flatMap(record -> holdAndSend(rows, record), RECORDS_AT_ONCE);
        return Flux.merge(first, others)
                .all(RecordProducer::counts)
                .flatMap(all -> all ? Mono.just(largest(rows.ranges())) : Refusals.error(late()));
    }

    private Mono<Acknowledged> holdAndSend(StampedRows rows, PlannedRecord record) {
        return Mono.usingWhen(
                inflight.hold(record.bytes()), held -> send(rows, record, held), RecordProducer::giveBack);
    }

    private Mono<Acknowledged> send(StampedRows rows, PlannedRecord record, Held held) {
        return Mono.fromCallable(() -> rows.record(record))
                .flatMap(bytes -> kafka.send(record.partition(), bytes, held))
                .map(appended -> new Acknowledged(rows.oldest(record), appended))
                .subscribeOn(producing);
    }

    private static boolean counts(Acknowledged record) {
        return AppendTimeRule.counts(record.oldest(), record.appendTimeMs());
    }

    private static Refusal late() {
        return new Refusal.AppendedTooLate(RETRY_AFTER);
    }

    private static TransactionId largest(List<TransactionRange> ranges) {
        return ranges.getLast().id();
    }

    private static Mono<Void> giveBack(Held held) {
        return Mono.fromRunnable(held::release);
    }
}
