package io.spanlake.query.browse;

import io.spanlake.query.read.RowPreview;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param sort    empty: newest first. Else expressions with {@code desc} or {@code asc} behind
 * @param after   a cursor: the page begins behind it
 * @param before  a cursor: the page ends before it; not together with {@code after}
 * @param preview of each row
 */
public record ListRequest(
        RowQuestion rows,
        List<String> sort,
        Optional<String> after,
        Optional<String> before,
        int limit,
        RowPreview preview) {
    public ListRequest {
        sort = List.copyOf(sort);
        if (limit < 1 || (after.isPresent() && before.isPresent())) {
            throw new IllegalArgumentException("a page of %d rows, after and before a cursor".formatted(limit));
        }
    }
}
