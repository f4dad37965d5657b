package io.spanlake.traces;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Collects the spans of one conversation and keeps its clock. Not thread-safe. */
final class TraceBuilder {
    private static final long NANOS_PER_MS = 1_000_000L;
    private static final int CHARS_PER_TOKEN = 4;

    private final RandomGenerator random;
    private final String traceId;
    private final String source;
    /** By the order in which they began; they are added as they end. */
    private final SortedMap<Integer, AgentSpan> spans = new TreeMap<>();

    private int drafts;
    private long nowNanos;

    TraceBuilder(RandomGenerator random, String source, long startNanos) {
        this.random = random;
        this.source = source;
        this.traceId = id(16);
        this.nowNanos = startNanos;
    }

    String id(int bytes) {
        var id = new byte[bytes];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** A span under construction: what differs from the defaults is set, then it is added. */
    final class Draft {
        private final int ordinal = drafts++;
        private final String spanId = id(8);
        private final Optional<String> parent;
        private final String name;
        private final String type;
        private final long startNanos = nowNanos;
        private String input = "null";
        private String output = "null";
        private Optional<String> expected = Optional.empty();
        private String error = "null";
        private String scores = "{}";
        private String metrics = "{}";
        private List<String> tags = List.of();
        private boolean finished = true;
        private final JsonObject metadata = new JsonObject().text("source", source);

        private Draft(Optional<String> parent, String name, String type) {
            this.parent = parent;
            this.name = name;
            this.type = type;
        }

        String spanId() {
            return spanId;
        }

        Draft input(String json) {
            input = json;
            return this;
        }

        Draft output(String json) {
            output = json;
            return this;
        }

        Draft expected(String json) {
            expected = Optional.of(json);
            return this;
        }

        Draft error(String json) {
            error = json;
            return this;
        }

        Draft scores(String json) {
            scores = json;
            return this;
        }

        Draft tags(String... texts) {
            tags = List.of(texts);
            return this;
        }

        Draft metadata(String name, String json) {
            metadata.json(name, json);
            return this;
        }

        Draft unfinished() {
            finished = false;
            return this;
        }

        /** Token counts from the lengths of input and output, and the time that a model would take for them. */
        Draft calledModel(String model) {
            long prompt = input.length() / CHARS_PER_TOKEN;
            long completion = Math.max(1, output.length() / CHARS_PER_TOKEN);
            metadata.text("model", model);
            metrics = new JsonObject()
                    .number("prompt_tokens", prompt)
                    .number("completion_tokens", completion)
                    .number("tokens", prompt + completion)
                    .toString();
            double ms = (350 + 14.0 * completion + 0.015 * prompt) * random.nextDouble(0.7, 1.3);
            pass((long) (random.nextInt(100) == 0 ? 6 * ms : ms));
            return this;
        }

        /** Ends the span now. */
        void end() {
            spans.put(
                    ordinal,
                    new AgentSpan(
                            traceId,
                            spanId,
                            parent,
                            name,
                            type,
                            startNanos,
                            finished ? Optional.of(nowNanos) : Optional.empty(),
                            input,
                            output,
                            expected,
                            error,
                            metadata.toString(),
                            metrics,
                            scores,
                            tags));
        }
    }

    Draft root(String name, String type) {
        return new Draft(Optional.empty(), name, type);
    }

    Draft below(Draft parent, String name, String type) {
        return new Draft(Optional.of(parent.spanId), name, type);
    }

    /** Lets time pass, and a little that makes nanoseconds differ. */
    void pass(long ms) {
        nowNanos += ms * NANOS_PER_MS + random.nextInt(1_000, 900_000);
    }

    AgentTrace build() {
        return new AgentTrace(traceId, List.copyOf(spans.values()));
    }
}
