package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnNeed;
import io.spanlake.query.column.ColumnNeeds;
import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.column.ComputedNumbers;
import io.spanlake.query.column.Kernels;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Mono;

/** A sort's first key as far as columns tell it. */
record TopKey(Scalar value, Optional<List<Step>> path, Map<List<Step>, ColumnNeed> needs) {
    /** Empty where they do not. */
    static Optional<TopKey> of(List<SortKey> keys) {
        if (keys.isEmpty() || keys.getFirst().nullsFirst()) {
            return Optional.empty();
        }
        var value = keys.getFirst().value();
        if (value instanceof Scalar.Field field) {
            return field.steps().stream().allMatch(Step.Key.class::isInstance)
                    ? Optional.of(new TopKey(value, Optional.of(field.steps()), Map.of()))
                    : Optional.empty();
        }
        return ColumnNeeds.of(List.of(value), List.of())
                .filter(needs -> !needs.isEmpty())
                .map(needs -> new TopKey(value, Optional.empty(), needs));
    }

    /** Whether no part has it as it is. */
    boolean isComputed() {
        return path.isEmpty();
    }

    boolean isOf(String field) {
        return path.isPresent() && path.get().equals(List.of(new Step.Key(field)));
    }

    /** The key of each row of the part; empty where rows have to be read for it. */
    Mono<Optional<ColumnVector>> column(QueryRun run, PartLayer part, RoaringBitmap rows) {
        return path.isPresent()
                ? part.column(path.get())
                : PartColumns.of(part, needs)
                        .flatMap(found -> found.isEmpty()
                                ? Mono.just(Optional.empty())
                                : Mono.fromCallable(() -> Optional.of(ComputedNumbers.of(
                                                value, new Kernels(found.get(), run.evaluator()), rows)))
                                        .subscribeOn(run.work()));
    }
}
