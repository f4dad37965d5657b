package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.PageCursor;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The last steps of a query: its order, where it begins and how many rows it has. */
final class PageBinder {
    private static final long OFFSET_MAX = 10_000;

    private final Query query;
    private final BindSettings settings;
    private final boolean outermost;
    private final long fingerprint;

    PageBinder(Query query, BindSettings settings, boolean outermost) {
        this.query = query;
        this.settings = settings;
        this.outermost = outermost;
        this.fingerprint = Fingerprints.of(query);
    }

    long fingerprint() {
        return fingerprint;
    }

    /** Rows of an answer at most, or its traces; empty where all are wanted. */
    OptionalLong rowsMax(boolean grouped) {
        var limit = query.limit();
        if (limit.isPresent() && limit.getAsLong() < 0) {
            throw BindFault.of("LIMIT is at least 0, not " + limit.getAsLong(), query.place())
                    .exception();
        }
        if (!outermost) {
            return limit;
        }
        long max = grouped ? settings.groupsMax() : settings.limitMax();
        return OptionalLong.of(Math.min(limit.orElse(grouped ? max : settings.limitDefault()), max));
    }

    Optional<CursorPoint> cursor(Natural natural, List<SortKey> sort) {
        return query.cursor()
                .filter(text -> !text.isEmpty())
                .map(text -> PageCursor.parse(
                        text, fingerprint, natural.isScanOrder() ? 0 : sort.size(), natural.oldestFirst()));
    }

    /** Traces come sorted, limited and behind their cursor; of them rows are only passed over. */
    Plan ofTraces(Plan rows) {
        return new Plan.Page(rows, offset(), OptionalLong.empty());
    }

    Plan of(Plan input, List<SortKey> sort, Natural natural, OptionalLong rowsMax, Optional<CursorPoint> after) {
        long offset = offset();
        if (!natural.isScanOrder()) {
            var keep = rowsMax.isEmpty() ? rowsMax : OptionalLong.of(rowsMax.getAsLong() + offset + 1);
            return new Plan.Page(new Plan.Sort(input, sort, keep, after, Optional.empty()), offset, rowsMax);
        }
        var rows = after.<Plan>map(point -> new Plan.After(input, point.order(), natural.oldestFirst()))
                .orElse(input);
        return new Plan.Page(rows, offset, rowsMax);
    }

    private long offset() {
        long offset = query.offset().orElse(0);
        if (offset < 0 || offset > OFFSET_MAX) {
            throw BindFault.of(
                            "OFFSET is 0 to %d, not %d: use a cursor for more".formatted(OFFSET_MAX, offset),
                            query.place())
                    .exception();
        }
        return offset;
    }
}
