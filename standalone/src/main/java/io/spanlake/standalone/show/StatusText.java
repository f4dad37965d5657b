package io.spanlake.standalone.show;

import tools.jackson.databind.JsonNode;

/** A status for a person. Pure. */
public final class StatusText {
    private StatusText() {}

    /** Without a line feed at its end. */
    public static String of(JsonNode status) {
        var text = new StringBuilder();
        text.append("Spanlake is %s   data %s"
                .formatted(status.path("state").asString(), status.path("data").asString()));
        if (!status.has("addresses")) {
            return text.toString();
        }
        status.path("addresses")
                .propertyStream()
                .forEach(address -> text.append("%n  %-9s %s"
                        .formatted(address.getKey(), address.getValue().asString())));
        text.append("%n%n  partition  log           in the WAL    lag       processed     lag".formatted());
        for (var partition : status.path("partitions")) {
            text.append("%n  %-9d  %-12d  %-12d  %-8d  %-12s  %s%s"
                    .formatted(
                            partition.path("partition").asInt(),
                            partition.path("log_next").asLong(),
                            partition.path("wal_offset").asLong(),
                            partition.path("wal_lag").asLong(),
                            partition.path("processed_offset").asString("-"),
                            partition.path("processed_lag").asString("-"),
                            stopped(partition)));
        }
        text.append(StockText.of(status));
        var unreadable = UnreadableText.of(status.path("unreadable"));
        if (!unreadable.isEmpty()) {
            text.append("%n%n".formatted()).append(unreadable);
        }
        numbers(text, "since start", status.path("since_start"));
        numbers(text, "bytes on disk", status.path("bytes"));
        numbers(text, "faults", status.path("faults"));
        return text.toString();
    }

    private static String stopped(JsonNode partition) {
        return partition.has("stopped")
                ? "   STOPPED: %s; see ./spanlake repair"
                        .formatted(partition.path("stopped").asString())
                : "";
    }

    private static void numbers(StringBuilder text, String title, JsonNode numbers) {
        text.append("%n%n  %s".formatted(title));
        numbers.propertyStream()
                .forEach(number -> text.append("%n    %-18s %,d"
                        .formatted(
                                number.getKey().replace('_', ' '),
                                number.getValue().asLong())));
    }
}
