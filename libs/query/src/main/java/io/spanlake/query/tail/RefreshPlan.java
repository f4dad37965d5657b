package io.spanlake.query.tail;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.WalPosition;
import java.util.HashMap;
import java.util.Map;

/** Decides from two readings of the catalog whether a view may be extended. Pure. */
final class RefreshPlan {
    private RefreshPlan() {}

    /**
     * Whether what was read up to {@code known} is still the beginning of what there is: no partition moved back, none
     * was opened anew, none is missing.
     */
    static boolean extendsWhatIsKnown(Map<Integer, LogOffset> known, Map<Integer, WalPosition> positions) {
        return known.entrySet().stream().allMatch(entry -> isAhead(entry.getValue(), positions.get(entry.getKey())));
    }

    static Map<Integer, LogOffset> knownAfter(Map<Integer, WalPosition> positions) {
        var known = new HashMap<Integer, LogOffset>();
        positions.forEach((partition, position) ->
                known.put(partition, new LogOffset(position.incarnation(), position.offset())));
        return known;
    }

    private static boolean isAhead(LogOffset known, @org.jspecify.annotations.Nullable WalPosition position) {
        return position != null && position.incarnation() == known.incarnation() && position.offset() >= known.offset();
    }
}
