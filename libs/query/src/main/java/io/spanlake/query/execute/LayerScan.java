package io.spanlake.query.execute;

import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.plan.WholeHints;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;

/**
 * A scan and what its rows are tested for.
 *
 * @param isWhole whether the scan's hint says all that the condition says
 */
record LayerScan(Plan.Scan scan, Optional<Scalar> condition, boolean isWhole) {
    /** Empty where the plan is another. */
    static Optional<LayerScan> of(Plan plan) {
        return switch (plan) {
            case Plan.Scan scan -> Optional.of(new LayerScan(scan, Optional.empty(), true));
            case Plan.Filter(Plan.Scan scan, var condition) ->
                Optional.of(new LayerScan(scan, Optional.of(condition), WholeHints.saysAllOf(condition)));
            default -> Optional.empty();
        };
    }

    /** @param counted whether nothing of the rows is asked but how many they are */
    LooseWish loose(QueryRun run, RowView view, boolean counted) {
        return condition.isPresent() && saysTheSame(condition.get())
                ? new LooseWish(
                        scan.hint(),
                        Optional.of(row -> run.evaluator().test(condition.get(), run.tuple(view, row))),
                        counted)
                : LooseWish.of(scan.hint());
    }

    /** Those of the loose rows that meet the condition. */
    Flux<Tuple> meeting(QueryRun run, RowView view, LooseWish wish, Flux<SourceRow> loose) {
        var tuples = run.tuples(view, loose);
        return condition.isEmpty() || wish.condition().isPresent()
                ? tuples
                : tuples.filter(tuple -> run.evaluator().test(condition.get(), tuple));
    }

    private boolean saysTheSame(Scalar exactly) {
        return isWhole && scan.hint().equals(Hints.of(exactly));
    }

    /** What selected rows still have to be tested for. */
    Optional<Scalar> rest(PartLayer.Selection selection) {
        return isWhole && selection.exact() ? Optional.empty() : condition;
    }

    /** Rows of the part that meet the condition. What the hint alone could not tell is known from then on. */
    Flux<Tuple> meeting(QueryRun run, RowView view, PartLayer part, RoaringBitmap rows, Optional<Scalar> rest) {
        if (rows.isEmpty()) {
            return Flux.empty();
        }
        if (rest.isEmpty()) {
            return run.tuples(view, part.rows(rows.toArray()));
        }
        return saysTheSame(rest.get())
                ? part.sifted(scan.hint(), rows)
                        .flatMapMany(sifted -> learning(run, view, part, rows, sifted, rest.get()))
                : part.sifted(scan.hint(), rows)
                        .flatMapMany(sifted -> run.tuples(view, part.rows(sifted.toArray())))
                        .filter(tuple -> run.evaluator().test(rest.get(), tuple));
    }

    /** @param sifted those of the rows that are to be read: the others do not meet the condition */
    private Flux<Tuple> learning(
            QueryRun run, RowView view, PartLayer part, RoaringBitmap rows, RoaringBitmap sifted, Scalar condition) {
        var meeting = new RoaringBitmap();
        var ordinals = sifted.getIntIterator();
        return run.tuples(view, part.rows(sifted.toArray()))
                .filter(tuple -> {
                    int ordinal = ordinals.next();
                    boolean meets = run.evaluator().test(condition, tuple);
                    if (meets) {
                        meeting.add(ordinal);
                    }
                    return meets;
                })
                .doOnComplete(() -> part.learn(scan.hint(), rows, meeting));
    }
}
