package io.spanlake.query.execute;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.query.value.ObjectValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/**
 * An answer under way.
 *
 * @param columns  in order; rows may have more where the query said {@code *} or pivots
 * @param rows     each one time only; an error after some of them means that the answer is not whole
 * @param cursor   where the next page begins; to be asked once the rows are complete, or were cut
 * @param cut      to be called by a reader that takes no more rows, though there are more: then there is a cursor behind the last
 *                 one taken, where the query is one that is paged
 * @param warnings to be asked then too
 * @param progress to be asked at any time
 */
public record QueryAnswer(
        List<OutputColumn> columns,
        Flux<ObjectValue> rows,
        Supplier<Optional<String>> cursor,
        Runnable cut,
        Supplier<List<Warning>> warnings,
        Progress progress) {}
