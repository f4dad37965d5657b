package io.spanlake.query.plan;

import io.spanlake.query.function.Aggregate;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query.SetKind;
import io.spanlake.query.value.Paths;
import io.spanlake.query.value.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The steps of a query, from the last to the first. Each takes the rows of its input. */
public sealed interface Plan {
    /**
     * The rows of objects, newest first unless {@code order} says else.
     *
     * @param hint   what every row that is needed satisfies; rows that do not may come nevertheless
     * @param fields top-level fields that are read, empty where all may be
     */
    record Scan(SourceObjects objects, Hint hint, Optional<Set<String>> fields, Order order) implements Plan {}

    /** In which order a scan gives its rows. */
    enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST,
        ANY
    }

    /** The rows of a query as rows to read from. */
    record Nested(Query query) implements Plan {}

    /**
     * The rows of two queries as one set: documents of its columns.
     *
     * @param columns as the first query calls them, or those of both by name
     */
    record Combine(SetKind kind, boolean all, boolean byName, List<String> columns, Query left, Query right)
            implements Plan {}

    /**
     * The row as one field of a document, so that rows of several sources can stand side by side in one.
     *
     * @param fields of the row that are read later, empty where all may be
     */
    record Labelled(Plan input, String label, Optional<Set<String>> fields) implements Plan {}

    /**
     * Labelled rows side by side where keys are equal and the condition holds; without keys every row with every row. What is
     * on the right is held in memory.
     *
     * @param keepsLeft whether a row on the left without any on the right stays, alone
     * @param leftKeys  computed of the left row, as many as {@code rightKeys}
     */
    record Join(
            Plan left,
            Plan right,
            boolean keepsLeft,
            List<Scalar> leftKeys,
            List<Scalar> rightKeys,
            Optional<Scalar> condition)
            implements Plan {}

    record Filter(Plan input, Scalar condition) implements Plan {}

    /**
     * All spans of the traces that fit; traces in the order of their best span, spans by their start.
     *
     * @param spans      conditions on single spans, numbered
     * @param traces     on traces: columns are whether a span met the condition of that number
     * @param returned   which spans of a trace are returned
     * @param tracesMax  how many traces, empty for all
     * @param after      traces up to this place are passed over
     */
    record Traces(
            Scan scan,
            Optional<Scalar> spanFilter,
            List<Scalar> spans,
            Scalar traces,
            Scalar returned,
            List<SortKey> keys,
            OptionalLong tracesMax,
            Optional<CursorPoint> after)
            implements Plan {}

    /**
     * One row a trace.
     *
     * @param returned which spans the aggregates run over
     * @param scores   more scores of each row: names, and how they are computed of it
     */
    record Summary(
            Scan scan,
            Optional<Scalar> spanFilter,
            List<Scalar> spans,
            Scalar traces,
            Scalar returned,
            List<Named> custom,
            List<Named> scores)
            implements Plan {}

    /** A row for each key of an object, or item of an array; appends the key where {@code keyed}, and the value. */
    record Unpivot(Plan input, Scalar value, boolean keyed) implements Plan {}

    /** By a hash of (seed, row), so that equal seeds agree. */
    record Sample(Plan input, boolean isRate, double amount, long seed, boolean byTrace) implements Plan {}

    /** A row a group: its columns are the keys, then the aggregates. One row where there are no keys. */
    record Group(Plan input, List<Scalar> keys, List<Measure> measures) implements Plan {}

    record Measure(Aggregate aggregate, List<Scalar> arguments, Optional<Scalar> filter, boolean distinct) {
        public Measure {
            arguments = List.copyOf(arguments);
        }
    }

    /** Values of a key become columns: {@code <value>_<measure>}. Rows are documents after it. */
    record Pivot(Plan input, List<Named> keys, Scalar column, List<Named> measures) implements Plan {}

    /**
     * @param keep  how many of the first are needed, empty for all
     * @param after rows up to this place are passed over
     * @param shown top-level fields of rows that are read later, beside the keys; empty where all may be
     */
    record Sort(
            Plan input, List<SortKey> keys, OptionalLong keep, Optional<CursorPoint> after, Optional<Set<String>> shown)
            implements Plan {}

    record SortKey(Scalar value, boolean descending, boolean nullsFirst) {}

    /** The last step: some rows are left out, then so many are given. */
    record Page(Plan input, long offset, OptionalLong limit) implements Plan {}

    /** Rows behind a place of a scan's order. */
    record After(Plan input, RowOrder place, boolean oldestFirst) implements Plan {}

    /**
     * Which paths rows have: a row a path, of so many rows.
     *
     * @param below paths to begin at, empty for all fields
     */
    record Infer(Plan input, List<List<Paths.Step>> below, long rowsMax) implements Plan {}

    record Named(String name, Scalar value) {}

    /**
     * A query whole.
     *
     * @param rows    where its rows come from
     * @param columns of the output, in order
     * @param open    whether rows have other fields too, which are put behind the columns
     * @param sort    how the rows lie, for cursors; empty where they lie as they were read
     * @param oldestFirst whether they were read oldest first
     * @param paged   whether a cursor leads on
     * @param limit   how many rows the answer has at most
     * @param fingerprint of what a cursor must fit
     */
    record Query(
            Plan rows,
            List<OutputColumn> columns,
            boolean open,
            List<SortKey> sort,
            boolean oldestFirst,
            boolean paged,
            OptionalLong limit,
            long fingerprint,
            List<Warning> warnings) {}

    /** Something that a client may want to know: {@code code (stage/severity): message}. */
    record Warning(String code, String message, String stage, String severity) {}

    record OutputColumn(String name, Scalar value, ValueType type) {}

    /**
     * What is read.
     *
     * @param function as it was written: {@code project_logs}
     * @param ids      ids or names as they were written
     */
    record SourceObjects(String function, List<String> ids, Place place) {
        public SourceObjects {
            ids = List.copyOf(ids);
        }
    }
}
