package io.spanlake.gateway;

import io.spanlake.gateway.place.PlacedRows;
import io.spanlake.gateway.place.RowPlacer;
import io.spanlake.gateway.place.Widths;
import io.spanlake.gateway.produce.RecordProducer;
import io.spanlake.gateway.receive.ReceivedBody;
import io.spanlake.gateway.refuse.Place;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.row.IngestRequest;
import io.spanlake.gateway.row.IngestResult;
import io.spanlake.gateway.row.RowIngest;
import io.spanlake.gateway.split.RowSplitter;
import io.spanlake.gateway.split.SplitBody;
import io.spanlake.gateway.xact.TransactionIds;
import io.spanlake.model.ObjectRef;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.auth.ObjectAccess;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The whole way of a request from its body to Kafka: {@code receive → split → place → draw → produce}.
 *
 * <p>All rows are validated before the first is produced. A request is answered when every record of it is acknowledged by
 * all replicas, and only then; what fails before that leaves at most some of its rows, each whole, and sending it again is
 * harmless.
 */
public final class IngestGateway implements RowIngest {
    /** Objects that one request may name: each costs a look into the catalog. */
    static final int OBJECTS_MAX = 1_000;

    private static final int LOOKUPS_AT_ONCE = 8;

    private final RowSplitter splitter;
    private final ObjectAccess access;
    private final RowPlacer placer;
    private final Widths widths;
    private final TransactionIds transactions;
    private final RecordProducer producer;
    private final GatewayMetrics metrics;
    private final GatewaySchedulers schedulers;
    private final Failpoints failpoints;

    IngestGateway(
            RowSplitter splitter,
            ObjectAccess access,
            RowPlacer placer,
            Widths widths,
            TransactionIds transactions,
            RecordProducer producer,
            GatewayMetrics metrics,
            GatewaySchedulers schedulers,
            Failpoints failpoints) {
        this.splitter = splitter;
        this.access = access;
        this.placer = placer;
        this.widths = widths;
        this.transactions = transactions;
        this.producer = producer;
        this.metrics = metrics;
        this.schedulers = schedulers;
        this.failpoints = failpoints;
    }

    /** The rows of a body, or the key under which they were uploaded. CPU work: call on a thread that may be kept busy. */
    SplitBody split(ReceivedBody body) {
        failpoints.reach(IngestStep.RECEIVED);
        metrics.received(body.wireBytes(), body.bytes().length());
        var split = splitter.split(body.bytes(), body.memory()::grow);
        failpoints.reach(IngestStep.SPLIT);
        return split;
    }

    @Override
    public Mono<IngestResult> ingest(IngestRequest request) {
        if (request.rows().isEmpty()) {
            return transactions
                    .draw(1)
                    .map(ranges -> new IngestResult(List.of(), ranges.getLast().id()));
        }
        return authorized(request)
                .then(Mono.fromCallable(() -> place(request)).subscribeOn(schedulers.split()))
                .flatMap(this::produce);
    }

    /** Completes where the caller may write to all that the rows name. */
    private Mono<Void> authorized(IngestRequest request) {
        var objects = new LinkedHashSet<ObjectRef>();
        request.rows().forEach(row -> objects.add(row.keys().object()));
        return mayWrite(request.caller(), objects);
    }

    @Override
    public Mono<Void> mayWrite(Caller caller, Set<ObjectRef> objects) {
        if (objects.size() > OBJECTS_MAX) {
            return Refusals.error(
                    new Refusal.BadShape(Place.ofBody(0), "names more than %d objects".formatted(OBJECTS_MAX)));
        }
        return Flux.fromIterable(objects)
                .flatMap(object -> access.require(caller, object), LOOKUPS_AT_ONCE)
                .then();
    }

    private PlacedRows place(IngestRequest request) {
        var placed = placer.place(request, widths::of);
        placed.rows().forEach(row -> widths.count(row.object(), row.json().length()));
        failpoints.reach(IngestStep.PLACED);
        return placed;
    }

    private Mono<IngestResult> produce(PlacedRows placed) {
        return metrics.timeProduce(producer.produce(placed, () -> failpoints.reach(IngestStep.DRAWN)))
                // Kafka's own thread has told us: the answer is not its work.
                .publishOn(schedulers.answer())
                .doOnNext(transaction -> failpoints.reach(IngestStep.ACKNOWLEDGED))
                .doOnNext(transaction -> metrics.acknowledged(placed.rows().size()))
                .map(transaction -> new IngestResult(placed.ids(), transaction));
    }
}
