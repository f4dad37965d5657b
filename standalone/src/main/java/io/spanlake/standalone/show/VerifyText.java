package io.spanlake.standalone.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The lines of a verification as text, and what they come to. Not thread-safe. */
public final class VerifyText {
    private static final double MEGABYTE = 1e6;

    private long objects;
    private long rows;
    private long bytes;
    private long faults;
    private boolean done;

    /** What to print of the line: one for the object, one for each fault. */
    public List<String> of(JsonNode line) {
        if (line.has("begun") || line.has("done")) {
            done |= line.has("done");
            return List.of();
        }
        if (line.has("what")) {
            faults++;
            return List.of(fault(line));
        }
        var text = new ArrayList<String>();
        text.add(object(line));
        for (var fault : line.path("faults")) {
            text.add(fault(fault));
        }
        objects++;
        rows += line.path("part_rows").asLong();
        bytes += line.path("bytes").asLong();
        faults += line.path("fault_count").asLong();
        return text;
    }

    private static String object(JsonNode line) {
        return String.format(
                Locale.ROOT,
                "%-9s %s: %d parts with %d rows (%d dead), %d processed sections with %d row states, "
                        + "%d sections of the log with %d writes, %.1f MB",
                line.path("fault_count").asLong() == 0 ? "sound" : "UNSOUND",
                line.path("object").asString(),
                line.path("parts").asLong(),
                line.path("part_rows").asLong(),
                line.path("dead_rows").asLong(),
                line.path("processed_sections").asLong(),
                line.path("processed_rows").asLong(),
                line.path("wal_sections").asLong(),
                line.path("wal_writes").asLong(),
                line.path("bytes").asLong() / MEGABYTE);
    }

    private static String fault(JsonNode fault) {
        return "  FAULT   " + fault.path("blob").asString() + ": "
                + fault.path("what").asString();
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
                "%s: %d objects, %d rows in parts, %.1f MB read, %d faults",
                faults == 0 ? "All is sound" : "NOT sound",
                objects,
                rows,
                bytes / MEGABYTE,
                faults);
    }
}
