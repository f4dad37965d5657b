package io.spanlake.gateway.produce;

import io.spanlake.gateway.bound.BudgetSize;
import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.bound.ByteBudget.Queueing;
import io.spanlake.gateway.bound.Held;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Groups of parcels, and what became of them. */
final class Parcels {
    static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 2));
    static final long DRAWN_S = 1_790_000_000L;
    private static final int GROUP_BYTES = 600;

    final ByteBudget budget = new ByteBudget(
            "the way to Kafka",
            BudgetSize.plain(100_000),
            new Queueing(1, Duration.ofSeconds(1)),
            Schedulers.immediate());

    /** Parcels of one request, and its answer. */
    record Group(List<Parcel> parcels, CompletableFuture<Boolean> answer) {}

    static Parcel parcel(int partition, int bytes) {
        return new Parcels().group(new int[] {partition}, bytes).parcels().getFirst();
    }

    Group group(int... partitions) {
        return group(partitions, 100);
    }

    private Group group(int[] partitions, int bytes) {
        Held held = Objects.requireNonNull(budget.hold(GROUP_BYTES).block());
        var parcels = new ArrayList<Parcel>();
        var answer = Mono.<Boolean>create(sink -> {
                    var answers = new Answers(partitions.length, held.handOver(), sink);
                    for (int i = 0; i < partitions.length; i++) {
                        parcels.add(parcel(partitions[i], i, bytes, answers));
                    }
                })
                .toFuture();
        return new Group(parcels, answer);
    }

    private static Parcel parcel(int partition, int index, int bytes, Answers answers) {
        return new Parcel(partition, ORGANIZATION, List.of(write("row-" + index, index)), bytes, 0, answers);
    }

    static Write write(String row, int position) {
        return new Write(
                new ObjectRef(ObjectType.PROJECT_LOGS, "p"),
                row,
                Optional.of("trace"),
                new Stamp(TransactionId.of(DRAWN_S, 1), position),
                WriteKind.FULL,
                ByteSlice.ofUtf8("{}"));
    }
}
