package io.spanlake.query.bind;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rows of a source are. */
public enum SourceKind {
    PROJECT_LOGS,
    EXPERIMENT,
    DATASET,
    PROMPT,
    FUNCTION,
    PLAYGROUND_LOGS,
    PROMPT_SESSION;

    private static final Map<String, SourceKind> FUNCTIONS = Map.ofEntries(
            Map.entry("project_logs", PROJECT_LOGS),
            Map.entry("experiment", EXPERIMENT),
            Map.entry("project_experiments", EXPERIMENT),
            Map.entry("dataset", DATASET),
            Map.entry("project_datasets", DATASET),
            Map.entry("prompt", PROMPT),
            Map.entry("project_prompts", PROMPT),
            Map.entry("org_prompts", PROMPT),
            Map.entry("function", FUNCTION),
            Map.entry("project_functions", FUNCTION),
            Map.entry("org_functions", FUNCTION),
            Map.entry("playground_logs", PLAYGROUND_LOGS),
            Map.entry("prompt_session", PROMPT_SESSION));

    /** @param function in lower case */
    public static Optional<SourceKind> of(String function) {
        return Optional.ofNullable(FUNCTIONS.get(function));
    }

    static List<String> functions() {
        return List.copyOf(FUNCTIONS.keySet());
    }

    boolean hasTraces() {
        return this == PROJECT_LOGS || this == EXPERIMENT || this == PLAYGROUND_LOGS || this == DATASET;
    }
}
