package io.spanlake.queryservice.run;

import io.spanlake.model.TransactionId;
import io.spanlake.query.execute.Progress;
import io.spanlake.query.execute.QueryAnswer;
import io.spanlake.query.plan.Plan;
import io.spanlake.queryservice.source.ObjectRows;
import java.time.Instant;
import java.util.Optional;

/** A query that runs: its plan, and its answer under way. */
record Run(Plan.Query plan, QueryAnswer answer, ObjectRows source, Instant start) {
    Progress progress() {
        return answer.progress();
    }

    Optional<TransactionId> closed() {
        return source.closed();
    }
}
