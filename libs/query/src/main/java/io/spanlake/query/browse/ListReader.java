package io.spanlake.query.browse;

import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.PageCursor;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Pages of a list. In the order of first writes a page takes rows until it is full; where the work ends before, the page is
 * short and its cursor leads on from the last row that was looked at. Under another sort all rows are looked at, and the
 * first of them behind the cursor are kept.
 */
final class ListReader {
    private final BoundRows bound;
    private final ListRequest request;
    private final long bytesMax;

    ListReader(BoundRows bound, ListRequest request, long bytesMax) {
        this.bound = bound;
        this.request = request;
        this.bytesMax = bytesMax;
    }

    /** @throws io.spanlake.query.parse.QueryFaultException where the cursor is not of this list */
    Mono<ListPage> page(MatchingRows rows, Work work) {
        var cursor = cursor();
        return bound.sort().isEmpty() ? natural(rows, work, cursor) : sorted(rows, work, cursor);
    }

    Optional<CursorPoint> cursor() {
        return request.before()
                .or(request::after)
                .map(text ->
                        PageCursor.parse(text, bound.fingerprint(), bound.sort().size(), bound.oldestFirst()));
    }

    private boolean backwards() {
        return request.before().isPresent();
    }

    private Mono<ListPage> natural(MatchingRows rows, Work work, Optional<CursorPoint> cursor) {
        boolean oldestFirst = bound.oldestFirst() != backwards();
        var order = oldestFirst ? Plan.Order.OLDEST_FIRST : Plan.Order.NEWEST_FIRST;
        var after = cursor.map(
                point -> new RowPosition(point.order().key(), point.order().tie()));
        var page = new InOrder();
        return rows.examined(order, after, work)
                .takeUntil(page::isFullWith)
                .then(Mono.fromSupplier(() -> page.end(work.done().exact())));
    }

    private final class InOrder {
        private final List<SortedRow> taken = new ArrayList<>();
        private long bytes;
        private boolean more;
        private Optional<RowPosition> last = Optional.empty();

        /** Whether the row says that more follow. */
        boolean isFullWith(MatchingRows.Examined row) {
            if (row.tuple().isEmpty()) {
                last = Optional.of(row.position());
                return false;
            }
            if (taken.size() == request.limit() || bytes >= bytesMax) {
                more = true;
                return true;
            }
            last = Optional.of(row.position());
            var json = request.preview().of(row.row().json());
            bytes += json.length();
            taken.add(new SortedRow(point(row.position()), json));
            return false;
        }

        ListPage end(boolean whole) {
            var onward = more
                    ? taken.getLast().place()
                    : whole ? null : last.map(ListReader::point).orElse(null);
            return pageOf(taken, Optional.ofNullable(onward));
        }
    }

    private Mono<ListPage> sorted(MatchingRows rows, Work work, Optional<CursorPoint> cursor) {
        var forwards = SortedRow.order(bound.sort());
        var order = backwards() ? forwards.reversed() : forwards;
        var nearest = new NearestRows(order, request.limit(), bytesMax);
        return rows.newestFirst(work)
                .doOnNext(match -> {
                    var place = new CursorPoint(
                            bound.sortKeys(match.tuple()), match.tuple().order());
                    if (cursor.isEmpty() || order.compare(place, cursor.get()) > 0) {
                        nearest.add(
                                place, () -> request.preview().of(match.row().json()));
                    }
                })
                .then(Mono.fromSupplier(() -> {
                    var taken = nearest.inOrder();
                    return pageOf(
                            taken,
                            nearest.more() && !taken.isEmpty()
                                    ? Optional.of(taken.getLast().place())
                                    : Optional.empty());
                }));
    }

    /**
     * @param taken  from the cursor on
     * @param onward where more follow in the direction in which the page was read
     */
    ListPage pageOf(List<SortedRow> taken, Optional<CursorPoint> onward) {
        var back = taken.isEmpty() || (request.after().isEmpty() && !backwards())
                ? Optional.<CursorPoint>empty()
                : Optional.of(taken.getFirst().place());
        var shown = backwards() ? taken.reversed() : taken;
        var json = shown.stream().map(SortedRow::json).toList();
        return backwards()
                ? new ListPage(json, text(back), text(onward))
                : new ListPage(json, text(onward), text(back));
    }

    private Optional<String> text(Optional<CursorPoint> point) {
        return point.flatMap(place -> PageCursor.text(place, bound.fingerprint()));
    }

    private static CursorPoint point(RowPosition position) {
        return new CursorPoint(List.of(), new RowOrder(position.key(), position.tie(), 0));
    }
}
