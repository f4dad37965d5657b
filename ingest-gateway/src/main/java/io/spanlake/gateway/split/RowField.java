package io.spanlake.gateway.split;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of a row that decide where it goes, or that it is no comment. All others are passed by. */
enum RowField {
    ID("id"),
    SPAN_ID("span_id"),
    ROOT_SPAN_ID("root_span_id"),
    IS_MERGE("_is_merge"),
    MERGE_PATHS("_merge_paths"),
    OBJECT_DELETE("_object_delete"),
    PROJECT_ID("project_id"),
    LOG_ID("log_id"),
    EXPERIMENT_ID("experiment_id"),
    DATASET_ID("dataset_id"),
    PROMPT_SESSION_ID("prompt_session_id"),
    ORIGIN("origin"),
    COMMENT("comment"),
    CREATED("created"),
    SPAN_PARENTS("span_parents"),
    SPAN_ATTRIBUTES("span_attributes"),
    INPUT("input"),
    OUTPUT("output"),
    EXPECTED("expected"),
    SCORES("scores"),
    METRICS("metrics");

    private static final int LENGTH_MAX = 17;
    private static final List<List<RowField>> BY_LENGTH = byLength();

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes into it
    private final byte[] bytes;

    RowField(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    String text() {
        return text;
    }

    /** The field that the cursor's last key names. */
    static @Nullable RowField of(JsonCursor cursor) {
        if (cursor.keyHasEscapes()) {
            return ofText(cursor.keyText());
        }
        int length = cursor.keyLength();
        if (length > LENGTH_MAX) {
            return null;
        }
        var candidates = BY_LENGTH.get(length);
        for (int i = 0; i < candidates.size(); i++) {
            if (cursor.keyIs(candidates.get(i).bytes)) {
                return candidates.get(i);
            }
        }
        return null;
    }

    private static @Nullable RowField ofText(String text) {
        for (var field : values()) {
            if (field.text.equals(text)) {
                return field;
            }
        }
        return null;
    }

    private static List<List<RowField>> byLength() {
        return java.util.stream.IntStream.rangeClosed(0, LENGTH_MAX)
                .mapToObj(length -> Arrays.stream(values())
                        .filter(field -> field.text.length() == length)
                        .toList())
                .toList();
    }
}
