package io.spanlake.gateway.otlp;

import java.util.ArrayList;
import java.util.List;

/** Collects what cannot be stored of an export, to be named in its answer. Not thread-safe. */
final class RejectedSpans {
    /** Naming them all could make the answer larger than the export. */
    private static final int NAMED_MAX = 20;

    private static final int NAME_CHARS_MAX = 64;

    private final List<String> named = new ArrayList<>();
    private long count;

    void add(OtlpSpan span, String reason) {
        count++;
        if (named.size() < NAMED_MAX) {
            named.add("span %s of trace %s: %s".formatted(shortened(span.spanId()), shortened(span.traceId()), reason));
        }
    }

    private static String shortened(String id) {
        return id.length() <= NAME_CHARS_MAX ? "'" + id + "'" : "'" + id.substring(0, NAME_CHARS_MAX) + "…'";
    }

    OtlpOutcome outcome() {
        var message = String.join("; ", named);
        return new OtlpOutcome(
                count, count > named.size() ? message + "; and %d more".formatted(count - named.size()) : message);
    }
}
