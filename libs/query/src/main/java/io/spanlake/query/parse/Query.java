package io.spanlake.query.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A query as it was written, in whichever form. Absent clauses are empty.
 *
 * @param withQueries named queries in the order written; each may use those before it
 * @param select      empty where the output is the dimensions and measures, or all fields
 * @param groupBy     SQL's grouping keys: expressions, positions, names of items
 * @param offset      rows to be left out
 */
public record Query(
        Dialect dialect,
        Map<String, Query> withQueries,
        List<Item> select,
        boolean distinct,
        List<Item> dimensions,
        List<Item> measures,
        List<Item> finalDimensions,
        List<Item> finalMeasures,
        List<Expr> groupBy,
        Optional<Source> from,
        Optional<Expr> filter,
        Optional<Expr> spanFilter,
        Optional<Expr> traceFilter,
        Optional<Expr> finalFilter,
        List<SortKey> sort,
        OptionalLong limit,
        OptionalLong offset,
        Optional<String> cursor,
        Optional<Sample> sample,
        List<Unpivot> unpivots,
        Optional<Pivot> pivot,
        OptionalLong previewLength,
        Optional<Expr> comparisonKey,
        List<Item> weightedScores,
        List<Item> customColumns,
        Optional<List<Expr>> infer,
        Map<String, String> settings,
        Place place) {

    /** All rows of a source, whole. */
    public static Query of(Source source) {
        var query = new Builder(Dialect.SQL, source.place());
        query.from = source;
        return query.build();
    }

    /** The same from another place on. */
    public Query withCursor(String text) {
        return new Query(
                dialect,
                withQueries,
                select,
                distinct,
                dimensions,
                measures,
                finalDimensions,
                finalMeasures,
                groupBy,
                from,
                filter,
                spanFilter,
                traceFilter,
                finalFilter,
                sort,
                limit,
                offset,
                Optional.of(text),
                sample,
                unpivots,
                pivot,
                previewLength,
                comparisonKey,
                weightedScores,
                customColumns,
                infer,
                settings,
                place);
    }

    public enum Dialect {
        SQL,
        BTQL,
        JSON
    }

    /** @param text as it was written, for columns without alias */
    public record Item(Expr value, Optional<String> alias, String text) {}

    public record SortKey(Expr value, boolean descending, Optional<Boolean> nullsFirst) {}

    public enum SetKind {
        UNION,
        INTERSECT,
        EXCEPT
    }

    public sealed interface Source {
        Place place();

        /** A table function over objects, or a bare name: of an object type, or of a named query. */
        record Objects(
                String function,
                List<Expr> ids,
                Map<String, Expr> named,
                Optional<String> shape,
                Optional<String> alias,
                boolean bare,
                Place place)
                implements Source {}

        record Nested(Query query, Optional<String> alias, Place place) implements Source {}

        /**
         * The rows of two queries as one set.
         *
         * @param all    whether equal rows stay apart
         * @param byName whether columns belong together by name, rather than by place
         */
        record Combined(SetKind kind, boolean all, boolean byName, Query left, Query right, Place place)
                implements Source {}

        /** Rows of two sources side by side; {@code on} and {@code using} are both empty where all of them are. */
        record Joined(Source left, Source right, boolean keepsLeft, Optional<Expr> on, List<String> using, Place place)
                implements Source {}
    }

    /** A share of the rows, or a number of them. */
    public record Sample(boolean isRate, double amount, OptionalLong seed, Place place) {}

    /** @param key absent where the items of an array become rows */
    public record Unpivot(Expr object, Optional<String> key, String value, Place place) {}

    /** @param column empty in BTQL: the last dimension; {@code measures} then are names or aggregates of the query */
    public record Pivot(List<Item> measures, Optional<Expr> column, Place place) {}

    /** Takes clauses in any order, each once. Not thread-safe. */
    static final class Builder {
        private final Dialect dialect;
        private final Place place;
        final Map<String, Query> withQueries = new LinkedHashMap<>();
        List<Item> select = List.of();
        boolean distinct;
        List<Item> dimensions = List.of();
        List<Item> measures = List.of();
        List<Item> finalDimensions = List.of();
        List<Item> finalMeasures = List.of();
        List<Expr> groupBy = List.of();

        @Nullable
        Source from;

        @Nullable
        Expr filter;

        @Nullable
        Expr spanFilter;

        @Nullable
        Expr traceFilter;

        @Nullable
        Expr finalFilter;

        List<SortKey> sort = List.of();
        OptionalLong limit = OptionalLong.empty();
        OptionalLong offset = OptionalLong.empty();

        @Nullable
        String cursor;

        @Nullable
        Sample sample;

        List<Unpivot> unpivots = new ArrayList<>();

        @Nullable
        Pivot pivot;

        OptionalLong previewLength = OptionalLong.empty();

        @Nullable
        Expr comparisonKey;

        List<Item> weightedScores = List.of();
        List<Item> customColumns = List.of();

        @Nullable
        List<Expr> infer;

        final Map<String, String> settings = new LinkedHashMap<>();

        Builder(Dialect dialect, Place place) {
            this.dialect = dialect;
            this.place = place;
        }

        /** What stands at the end of a query goes from that one to this. */
        void takeEndOf(Builder other) {
            sort = other.sort;
            limit = other.limit;
            offset = other.offset;
            cursor = other.cursor;
            settings.putAll(other.settings);
            other.sort = List.of();
            other.limit = OptionalLong.empty();
            other.offset = OptionalLong.empty();
            other.cursor = null;
            other.settings.clear();
        }

        Query build() {
            return new Query(
                    dialect,
                    Map.copyOf(withQueries).isEmpty() ? Map.of() : withQueries,
                    List.copyOf(select),
                    distinct,
                    List.copyOf(dimensions),
                    List.copyOf(measures),
                    List.copyOf(finalDimensions),
                    List.copyOf(finalMeasures),
                    List.copyOf(groupBy),
                    Optional.ofNullable(from),
                    Optional.ofNullable(filter),
                    Optional.ofNullable(spanFilter),
                    Optional.ofNullable(traceFilter),
                    Optional.ofNullable(finalFilter),
                    List.copyOf(sort),
                    limit,
                    offset,
                    Optional.ofNullable(cursor),
                    Optional.ofNullable(sample),
                    List.copyOf(unpivots),
                    Optional.ofNullable(pivot),
                    previewLength,
                    Optional.ofNullable(comparisonKey),
                    List.copyOf(weightedScores),
                    List.copyOf(customColumns),
                    Optional.ofNullable(infer),
                    settings,
                    place);
        }
    }
}
