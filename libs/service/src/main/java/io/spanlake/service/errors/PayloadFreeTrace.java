package io.spanlake.service.errors;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * An error as text for the log: classes and frames of all its causes. Messages only of classes that never quote what a
 * client sent; parsers and converters do.
 */
final class PayloadFreeTrace {
    private static final List<String> MESSAGES_ARE_OURS = List.of(
            "io.spanlake.", "java.net.", "java.util.concurrent.", "io.r2dbc.", "org.apache.kafka.", "io.lettuce.");
    private static final int FRAMES_MAX = 40;

    private PayloadFreeTrace() {}

    static String of(Throwable error) {
        var text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
            append(text, cause);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Throwable cause) {
        text.append(text.isEmpty() ? "" : "\ncaused by ")
                .append(cause.getClass().getName());
        if (MESSAGES_ARE_OURS.stream().anyMatch(cause.getClass().getName()::startsWith)) {
            text.append(": ").append(cause.getMessage());
        }
        var frames = cause.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, FRAMES_MAX); i++) {
            text.append("\n\tat ").append(frames[i]);
        }
    }
}
