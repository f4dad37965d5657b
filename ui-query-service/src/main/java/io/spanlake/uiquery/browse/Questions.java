package io.spanlake.uiquery.browse;

import io.spanlake.query.browse.ListRequest;
import io.spanlake.query.browse.RowQuestion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is asked of rows, as each kind of request names it. */
final class Questions {
    static final int PREVIEW = 256;
    static final int PREVIEW_MAX = 10_000;
    static final int PATHS_MAX = 20;
    private static final int SORT_KEYS_MAX = 8;
    private static final int ROWS = 50;
    private static final int ROWS_MAX = 1_000;
    private static final int VALUES_MAX = 1_000;
    private static final int BUCKETS = 100;
    private static final int SECONDS_MAX = 4_233_600;

    private static final Set<String> OF_ROWS = Set.of("filter", "search", "from", "to", "roots");
    static final Set<String> COUNTS = with("strict");
    static final Set<String> LIST = with("strict", "sort", "limit", "after", "before", "preview");
    static final Set<String> FACETS = with("strict", "path", "limit");
    static final Set<String> VALUES = with("strict", "path", "prefix", "limit");
    static final Set<String> HISTOGRAM = with("strict", "seconds", "buckets");
    static final Set<String> LIVE = with("preview", "cursor");

    private Questions() {}

    private static Set<String> with(String... more) {
        var names = new HashSet<>(OF_ROWS);
        names.addAll(List.of(more));
        return Set.copyOf(names);
    }

    static RowQuestion rows(Asked asked) {
        return new RowQuestion(
                asked.one("filter"), asked.one("search"), asked.time("from"), asked.time("to"), asked.flag("roots"));
    }

    static ListRequest list(Asked asked) {
        var sort = asked.all("sort");
        if (sort.size() > SORT_KEYS_MAX) {
            throw Asked.bad("sort is given %d times, at most %d".formatted(sort.size(), SORT_KEYS_MAX));
        }
        var after = asked.one("after");
        var before = asked.one("before");
        if (after.isPresent() && before.isPresent()) {
            throw Asked.bad("a page is after a cursor or before one, not both");
        }
        return new ListRequest(
                rows(asked),
                sort,
                after,
                before,
                asked.number("limit", ROWS, 1, ROWS_MAX),
                asked.preview(PREVIEW, PREVIEW_MAX));
    }

    static List<String> paths(Asked asked) {
        var paths = asked.all("path");
        if (paths.isEmpty() || paths.size() > PATHS_MAX) {
            throw Asked.bad("path is given 1 to %d times: metadata.model, tags".formatted(PATHS_MAX));
        }
        return paths;
    }

    static String path(Asked asked) {
        return asked.one("path").orElseThrow(() -> Asked.bad("a path is wanted: metadata.model, tags"));
    }

    static int values(Asked asked) {
        return asked.number("limit", 20, 1, VALUES_MAX);
    }

    static int buckets(Asked asked) {
        return asked.number("buckets", BUCKETS, 1, VALUES_MAX);
    }

    static int seconds(Asked asked) {
        return asked.number("seconds", 1, 1, SECONDS_MAX);
    }

    static Optional<String> cursor(Asked asked, Optional<String> lastEventId) {
        return lastEventId.filter(id -> !id.isBlank()).or(() -> asked.one("cursor"));
    }
}
