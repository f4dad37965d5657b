package io.spanlake.query.audit;

import io.spanlake.catalog.SectionRef;
import io.spanlake.model.ObjectRef;
import java.util.List;
import java.util.Map;

/**
 * What became of some writes of one object in one section of the log.
 *
 * @param fates  how many of each that there was
 * @param faults in words, each with its row
 */
public record Audited(SectionRef section, ObjectRef object, Map<Fate, Integer> fates, List<String> faults) {
    public Audited {
        fates = Map.copyOf(fates);
        faults = List.copyOf(faults);
    }

    public int writes() {
        return fates.values().stream().mapToInt(Integer::intValue).sum();
    }
}
