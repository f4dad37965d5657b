package io.spanlake.query.tail;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.WalPosition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** The same of what is processed. */
    static boolean extendsWhatIsCut(Map<Integer, LogOffset> known, Map<Integer, LogOffset> processed) {
        return known.entrySet().stream().allMatch(entry -> isAhead(entry.getValue(), processed.get(entry.getKey())));
    }

    /** Whether a section of the log has been processed, so that its rows are read elsewhere. */
    static boolean isCut(SectionRef section, Map<Integer, LogOffset> processed) {
        var cut = processed.get(section.partition());
        return cut != null
                && (cut.incarnation() > section.incarnation()
                        || (cut.incarnation() == section.incarnation() && cut.offset() >= section.next()));
    }

    private static boolean isAhead(LogOffset known, @Nullable LogOffset now) {
        return now != null
                && (now.incarnation() > known.incarnation()
                        || (now.incarnation() == known.incarnation() && now.offset() >= known.offset()));
    }

    private static boolean isAhead(LogOffset known, @Nullable WalPosition position) {
        return position != null && position.incarnation() == known.incarnation() && position.offset() >= known.offset();
    }
}
