package io.spanlake.query.execute;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.optimise.PushIntoJoin;
import io.spanlake.query.plan.Members;
import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Rows side by side: those on the right by their keys in memory, those on the left as they come. Where the right has few
 * keys, the left is asked for rows with these alone.
 */
final class JoinStep {
    private static final int KEYS_ASKED_MAX = 10_000;
    private static final long ROW_BYTES = 96;

    private final QueryRun run;
    private final Plan.Join step;
    private final Function<Plan, Flux<Tuple>> rows;

    JoinStep(QueryRun run, Plan.Join step, Function<Plan, Flux<Tuple>> rows) {
        this.run = run;
        this.step = step;
        this.rows = rows;
    }

    Flux<Tuple> rows() {
        return Flux.defer(() -> {
            Map<List<Value>, List<Tuple>> right = new HashMap<>();
            return rows.apply(step.right())
                    .doOnNext(row -> keep(row, right))
                    .then(Mono.fromSupplier(() -> asked(right)))
                    .flatMapMany(rows)
                    .concatMapIterable(left -> pairs(left, right));
        });
    }

    /** A row whose key is null has no partner. */
    private void keep(Tuple row, Map<List<Value>, List<Tuple>> right) {
        key(step.rightKeys(), row).ifPresent(key -> {
            run.memory().take(ROW_BYTES + row.bytes(), "the right side of a join");
            right.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        });
    }

    private Optional<List<Value>> key(List<Scalar> keys, Tuple row) {
        var key = new ArrayList<Value>(keys.size());
        for (var scalar : keys) {
            var value = run.evaluator().evaluate(scalar, row);
            if (value.isNull()) {
                return Optional.empty();
            }
            key.add(Canonical.of(value));
        }
        return Optional.of(key);
    }

    private Plan asked(Map<List<Value>, List<Tuple>> right) {
        var left = step.left();
        if (step.keepsLeft() || right.size() > KEYS_ASKED_MAX) {
            return left;
        }
        for (int i = 0; i < step.leftKeys().size(); i++) {
            int place = i;
            if (step.leftKeys().get(i) instanceof Scalar.Field field) {
                var values = right.keySet().stream()
                        .map(key -> key.get(place))
                        .distinct()
                        .toList();
                left = PushIntoJoin.into(left, new Scalar.In(field, new Members(values)))
                        .orElse(left);
            }
        }
        return left;
    }

    private Iterable<Tuple> pairs(Tuple left, Map<List<Value>, List<Tuple>> right) {
        var partners = key(step.leftKeys(), left)
                .map(key -> right.getOrDefault(key, List.of()))
                .orElse(List.of());
        if (!step.keepsLeft()) {
            return () -> pairs(left, partners).iterator();
        }
        var pairs = pairs(left, partners).toList();
        return pairs.isEmpty() ? List.of(left) : pairs;
    }

    private Stream<Tuple> pairs(Tuple left, List<Tuple> partners) {
        var pairs = partners.stream().map(partner -> {
            AbandonedException.check();
            return pair(left, partner);
        });
        return step.condition()
                .map(condition -> pairs.filter(pair -> run.evaluator().test(condition, pair)))
                .orElse(pairs);
    }

    private static Tuple pair(Tuple left, Tuple right) {
        var fields = new LinkedHashMap<>(left.row().whole().fields());
        fields.putAll(right.row().whole().fields());
        var order = left.order();
        long partner = Long.rotateLeft(order.object(), 1)
                ^ right.order().key()
                ^ Long.rotateLeft(right.order().tie(), 7);
        return Tuple.of(new ObjectDocument(new ObjectValue(fields)), new RowOrder(order.key(), order.tie(), partner));
    }
}
