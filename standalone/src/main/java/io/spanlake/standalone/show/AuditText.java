package io.spanlake.standalone.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The lines of an audit as text, and what they come to. Not thread-safe. */
public final class AuditText {
    private final Map<String, Long> fates = new TreeMap<>();
    private long sections;
    private long faults;
    private boolean done;

    /** What to print of the line: one for the section, one for each fault. */
    public List<String> of(JsonNode line) {
        if (line.has("begun") || line.has("done")) {
            done |= line.has("done");
            return List.of();
        }
        sections++;
        var ofSection = new TreeMap<String, Long>();
        line.path("fates")
                .properties()
                .forEach(fate -> ofSection.put(fate.getKey(), fate.getValue().asLong()));
        ofSection.forEach((fate, writes) -> fates.merge(fate, writes, Long::sum));
        var text = new ArrayList<String>();
        text.add(String.format(
                Locale.ROOT,
                "%-9s %s, partition %d [%d, %d): %s",
                line.path("faults").isEmpty() ? "sound" : "UNSOUND",
                line.path("object").asString(),
                line.path("partition").asLong(),
                line.path("first").asLong(),
                line.path("next").asLong(),
                told(ofSection)));
        for (var fault : line.path("faults")) {
            faults++;
            text.add("  FAULT   " + fault.asString());
        }
        return text;
    }

    private static String told(Map<String, Long> fates) {
        return fates.entrySet().stream()
                .map(fate -> fate.getValue() + " " + fate.getKey())
                .collect(Collectors.joining(", "));
    }

    public boolean done() {
        return done;
    }

    public long faults() {
        return faults;
    }

    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d sections of the log; of their writes are %s",
                faults == 0 ? "All is sound" : "NOT sound",
                sections,
                fates.isEmpty() ? "none" : told(fates));
    }
}
