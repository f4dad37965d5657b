package io.spanlake.query.read;

import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.query.cursor.RowCursor;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.tail.RowPage;
import java.util.Optional;

/**
 * Where a client goes on after a page. Pure.
 *
 * <p>Newest first, the last page has no cursor: what comes later stands before the first page. Oldest first, there always
 * is one, for a client that follows the list; at the end it does not pass the closed transaction, behind which rows may
 * still come in between: those newer than that are shown again.
 */
final class PageEnd {
    private static final RowPosition BEFORE_ALL = new RowPosition(0, 0);

    private PageEnd() {}

    static Optional<RowCursor> cursor(
            RowDirection direction, Optional<RowPosition> after, RowPage page, TransactionId closed) {
        var end = page.last()
                .or(() -> direction == RowDirection.OLDEST_FIRST
                        ? Optional.of(followedFrom(after, page, closed))
                        : Optional.empty());
        return end.map(position -> new RowCursor(direction, position));
    }

    private static RowPosition followedFrom(Optional<RowPosition> after, RowPage page, TransactionId closed) {
        var reached = page.rows().isEmpty()
                ? after.orElse(BEFORE_ALL)
                : page.rows().getLast().position();
        var limit = new RowPosition(new Stamp(closed, Stamp.POSITION_MAX).paginationNumber(), -1);
        return reached.compareTo(limit) < 0 ? reached : limit;
    }
}
