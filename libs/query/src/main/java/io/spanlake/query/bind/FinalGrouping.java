package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code final_dimensions} and {@code final_measures} group the result of a grouping: a query over a query. */
final class FinalGrouping {
    private FinalGrouping() {}

    static Query unfolded(Query q) {
        if (q.finalDimensions().isEmpty() && q.finalMeasures().isEmpty()) {
            return q;
        }
        var inner = new Query(
                q.dialect(),
                Map.of(),
                q.select(),
                q.distinct(),
                q.dimensions(),
                q.measures(),
                List.of(),
                List.of(),
                q.groupBy(),
                q.from(),
                q.filter(),
                q.spanFilter(),
                q.traceFilter(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                q.sample(),
                q.unpivots(),
                Optional.empty(),
                OptionalLong.empty(),
                q.comparisonKey(),
                q.weightedScores(),
                q.customColumns(),
                Optional.empty(),
                Map.of(),
                q.place());
        return new Query(
                q.dialect(),
                Map.of(),
                List.of(),
                false,
                q.finalDimensions(),
                q.finalMeasures(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Query.Source.Nested(inner, Optional.empty(), q.place())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                q.finalFilter(),
                q.sort(),
                q.limit(),
                q.offset(),
                q.cursor(),
                Optional.empty(),
                List.of(),
                q.pivot(),
                q.previewLength(),
                Optional.empty(),
                List.of(),
                List.of(),
                q.infer(),
                q.settings(),
                q.place());
    }
}
