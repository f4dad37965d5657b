package io.spanlake.query.part;

import io.spanlake.query.BlobRefusals;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.storage.part.index.NearestKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of parts stand next in a list, by their pagination numbers alone. Parts are asked in the order in which they
 * may have the next rows, and not at all where they cannot. Blocks.
 */
final class PageSearch {
    record Row(OpenPart part, int ordinal) {}

    /** @param last what lies behind it was not looked for; absent where nothing does */
    record Found(List<Row> rows, Optional<RowPosition> last) {}

    /** One that stands at the beginning itself, and one to know whether more follow. */
    private static final int MORE = 2;

    private PageSearch() {}

    static Found of(List<VisiblePart> parts, RowDirection direction, Optional<RowPosition> after, int rows) {
        boolean newestFirst = direction == RowDirection.NEWEST_FIRST;
        long from = after.map(RowPosition::key).orElse(newestFirst ? -1L : 0L);
        var nearest = new NearestKeys(newestFirst, from, rows + MORE);
        var asked = new ArrayList<VisiblePart>();
        for (var part : byPromise(parts, newestFirst)) {
            if (nearest.wants(minKey(part), maxKey(part))) {
                asked.add(part);
                in(part, () -> part.part().index().pageOrder().look(nearest, part.hidden()));
            }
        }
        return found(asked, nearest, newestFirst);
    }

    private static Found found(List<VisiblePart> asked, NearestKeys nearest, boolean newestFirst) {
        var found = new ArrayList<Row>();
        for (var part : asked) {
            in(part, () -> {
                for (var place : part.part().index().pageOrder().places(nearest, part.hidden())) {
                    found.add(new Row(part.part(), place.ordinal()));
                }
            });
        }
        var last = nearest.isFull()
                ? Optional.of(new RowPosition(nearest.farthest(), newestFirst ? 0 : -1))
                : Optional.<RowPosition>empty();
        return new Found(found, last);
    }

    private static List<VisiblePart> byPromise(List<VisiblePart> parts, boolean newestFirst) {
        Comparator<VisiblePart> order = newestFirst
                ? Comparator.comparing(PageSearch::maxKey, (a, b) -> Long.compareUnsigned(b, a))
                : Comparator.comparing(PageSearch::minKey, Long::compareUnsigned);
        return parts.stream().sorted(order).toList();
    }

    private static long minKey(VisiblePart part) {
        return part.part().live().file().times().oldestFirst().value() << 16;
    }

    private static long maxKey(VisiblePart part) {
        return part.part().live().file().times().newestFirst().value() << 16 | 0xFFFF;
    }

    private static void in(VisiblePart part, Look look) {
        try {
            look.run();
        } catch (IOException e) {
            throw refusal(part, e);
        }
    }

    private static RuntimeException refusal(VisiblePart part, IOException fault) {
        @Nullable Throwable refusal = BlobRefusals.of(part.part().name(), fault);
        return refusal instanceof RuntimeException refused ? refused : new IllegalStateException(fault);
    }

    private interface Look {
        void run() throws IOException;
    }
}
