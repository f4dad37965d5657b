package io.spanlake.standalone.show;

import tools.jackson.databind.JsonNode;

/** What there is and what waits, for a person. Pure. */
final class StockText {
    private StockText() {}

    /** Begins with a line feed; empty where nothing is known of it. */
    static String of(JsonNode status) {
        var waiting = status.path("waiting");
        if (waiting.isMissingNode()) {
            return "";
        }
        var text = new StringBuilder();
        text.append("%n%n  waits to be      writes or rows    since".formatted());
        text.append(line("processed", waiting.path("unprocessed_writes"), waiting.path("unprocessed_seconds")));
        text.append(line("indexed", waiting.path("unindexed_rows"), waiting.path("unindexed_seconds")));
        text.append("%n    %-14s %,14d    patches and tombstones, until nothing older can come"
                .formatted("resolved", waiting.path("carried_rows").asLong()));
        if (!status.path("indexing").asBoolean(true)) {
            text.append("%n    indexing is off: SPANLAKE_INDEXING_ENABLED=true turns it on".formatted());
        }
        if (waiting.path("missing_writes").asLong() > 0) {
            text.append("%n  MISSING: %,d writes stand in blobs that cannot be read; reads of their objects say so"
                    .formatted(waiting.path("missing_writes").asLong()));
        }
        parts(text, status.path("parts"));
        text.append("%n%n  stored            blobs           bytes".formatted());
        for (var kind : status.path("stored")) {
            text.append("%n    %-15s %,5d  %,14d"
                    .formatted(
                            kind.path("kind").asString().replace('_', ' '),
                            kind.path("blobs").asLong(),
                            kind.path("bytes").asLong()));
        }
        if (status.has("parts_to_erase")) {
            text.append("%n    %,d parts hold bytes of deleted rows, to be gone by %s"
                    .formatted(
                            status.path("parts_to_erase").asLong(),
                            status.path("erase_by").asString("-")));
        }
        return text.toString();
    }

    private static String line(String what, JsonNode count, JsonNode seconds) {
        return "%n    %-14s %,14d    %s"
                .formatted(what, count.asLong(), count.asLong() == 0 ? "-" : "%,d s".formatted(seconds.asLong()));
    }

    private static void parts(StringBuilder text, JsonNode levels) {
        if (levels.isEmpty()) {
            return;
        }
        text.append("%n%n  parts of level  parts          rows    dead           bytes     of raw".formatted());
        for (var level : levels) {
            text.append("%n    %-12d  %,5d  %,12d  %,6d  %,14d  %,14d"
                    .formatted(
                            level.path("level").asInt(),
                            level.path("parts").asLong(),
                            level.path("rows").asLong(),
                            level.path("dead_rows").asLong(),
                            level.path("bytes").asLong(),
                            level.path("raw_bytes").asLong()));
        }
    }
}
