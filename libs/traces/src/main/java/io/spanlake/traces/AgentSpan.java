package io.spanlake.traces;

import java.util.List;
import java.util.Optional;

/**
 * One span of a generated conversation. Fields that hold JSON hold one value each, as text.
 *
 * @param startNanos since 1970 UTC
 * @param endNanos   absent where the span has not finished
 */
public record AgentSpan(
        String traceId,
        String spanId,
        Optional<String> parentSpanId,
        String name,
        String type,
        long startNanos,
        Optional<Long> endNanos,
        String input,
        String output,
        Optional<String> expected,
        String error,
        String metadata,
        String metrics,
        String scores,
        List<String> tags) {
    public AgentSpan {
        tags = List.copyOf(tags);
    }

    /** One line of JSON: the neutral form that {@code spanlake load} takes. */
    public String toJsonLine() {
        var json = new JsonObject()
                .text("trace_id", traceId)
                .text("span_id", spanId)
                .json("parent_span_id", parentSpanId.map(JsonObject::quoted).orElse("null"))
                .text("name", name)
                .text("type", type)
                .text("start", Long.toString(startNanos))
                .json(
                        "end",
                        endNanos.map(end -> JsonObject.quoted(Long.toString(end)))
                                .orElse("null"))
                .json("input", input)
                .json("output", output);
        expected.ifPresent(value -> json.json("expected", value));
        return json.json("error", error)
                .json("metadata", metadata)
                .json("metrics", metrics)
                .json("scores", scores)
                .json("tags", JsonObject.arrayOfTexts(tags))
                .toString();
    }
}
