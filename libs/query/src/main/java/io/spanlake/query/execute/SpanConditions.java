package io.spanlake.query.execute;

import io.spanlake.query.plan.Document;
import io.spanlake.query.plan.Evaluator;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.Value;
import java.util.Arrays;
import java.util.List;

/** Which of some conditions any span of a trace met so far. */
final class SpanConditions {
    private final Value[] met;

    SpanConditions(int count) {
        met = new Value[count];
        Arrays.fill(met, BooleanValue.FALSE);
    }

    void add(List<Scalar> conditions, Evaluator evaluator, Tuple span) {
        for (int i = 0; i < met.length; i++) {
            if (met[i] == BooleanValue.FALSE && evaluator.test(conditions.get(i), span)) {
                met[i] = BooleanValue.TRUE;
            }
        }
    }

    boolean fit(Scalar condition, Evaluator evaluator) {
        return evaluator.test(condition, new Tuple(Document.NONE, met, RowOrder.FIRST));
    }
}
