package io.spanlake.gateway.otlp;

import java.util.Map;
import java.util.Optional;

/** Where exported spans belong, as the client states it in {@code x-bt-parent} or in the attribute {@code braintrust.parent}. */
sealed interface SpanParent {
    record Project(String id) implements SpanParent {}

    record ProjectName(String name) implements SpanParent {}

    record Experiment(String id) implements SpanParent {}

    record Playground(String id) implements SpanParent {}

    /**
     * Below a span that another process exported.
     *
     * @param object    where that span lies; never a {@code Below}
     * @param inherited fields that the span hands down to what is below it, as JSON by name
     */
    record Below(SpanParent object, Optional<SpanLink> span, Map<String, String> inherited) implements SpanParent {
        public Below {
            inherited = Map.copyOf(inherited);
        }
    }

    /** The span above, and the trace that all below it join. */
    record SpanLink(String spanId, String rootSpanId) {}

    /**
     * Reads {@code project_id:…}, {@code project_name:…}, {@code experiment_id:…}, {@code playground_id:…}, or an exported
     * span.
     *
     * @throws MalformedExport where the text is none of these
     */
    static SpanParent parse(String text) throws MalformedExport {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        if (colon > 0 && value.isEmpty()) {
            throw new MalformedExport("x-bt-parent names nothing after " + text);
        }
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "project_id" -> new Project(value);
            case "project_name" -> new ProjectName(value);
            case "experiment_id" -> new Experiment(value);
            case "playground_id" -> new Playground(value);
            default -> ExportedSpanSlug.parse(text);
        };
    }
}
