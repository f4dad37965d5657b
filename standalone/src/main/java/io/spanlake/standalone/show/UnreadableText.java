package io.spanlake.standalone.show;

import tools.jackson.databind.JsonNode;

/** What was left out of the write-ahead log, for a person. Pure. */
public final class UnreadableText {
    private UnreadableText() {}

    /** Empty where nothing was left out; else lines without a line feed at the end. */
    public static String of(JsonNode unreadable) {
        long count = unreadable.path("count").asLong();
        if (count == 0) {
            return "";
        }
        var text = new StringBuilder(
                "  UNREADABLE: %,d records or writes were passed over; kept as blobs:".formatted(count));
        for (var one : unreadable.path("newest")) {
            text.append("%n    %s (%,d bytes, %s): %s"
                    .formatted(
                            one.path("blob").asString(),
                            one.path("bytes").asLong(),
                            one.path("found_at").asString(),
                            one.path("reason").asString()));
        }
        return text.toString();
    }
}
