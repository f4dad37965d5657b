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
 * @param cursor   where the next page begins; to be asked once the rows are complete
 * @param warnings to be asked then too
 */
public record QueryAnswer(
        List<OutputColumn> columns,
        Flux<ObjectValue> rows,
        Supplier<Optional<String>> cursor,
        Supplier<List<Warning>> warnings) {}
