package io.spanlake.traces;

import java.util.List;
import java.util.random.RandomGenerator;

/** Values at the edges of what JSON and clients allow. What goes in has to come out. */
final class OddValues {
    private static final List<String> VALUES = List.of(
            "9223372036854775807",
            "-9223372036854775808",
            "9007199254740993",
            "123456789012345678901234567890",
            "1e308",
            "5e-324",
            "-0.0",
            "1.10",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u0041\"",
            "\"e\u0301 \u00e9 \ud83d\udc69\u200d\ud83d\ude80\"",
            "{\"\":1,\"a.b\":{\"c d\":2},\"\u65e5\u672c\":[[]]}",
            "[null,true,false,{},[],\"\"]",
            "\"\u2028\u2029\u0085\"");

    private final RandomGenerator random;
    private final Prose prose;
    private final TraceBuilder trace;

    OddValues(RandomGenerator random, Prose prose, long startNanos) {
        this.random = random;
        this.prose = prose;
        this.trace = new TraceBuilder(random, "edge", startNanos);
    }

    AgentTrace trace() {
        var root = trace.root("", "function")
                .input(prose.pick(VALUES))
                .output(nested(random.nextInt(60, 120)))
                .tags("", "a,b", "a,b");
        for (int i = 0; i < 3; i++) {
            var child = trace.below(root, prose.pick(List.of("same", "same", "\u540d\u524d")), "function")
                    .input(prose.pick(VALUES))
                    .output(prose.pick(VALUES))
                    .metadata("value", prose.pick(VALUES))
                    .metadata("a.b", prose.pick(VALUES))
                    .error(prose.pick(List.of("null", "\"\"", "false", "[]", "{\"code\":1}")));
            trace.pass(random.nextInt(3));
            child.end();
        }
        root.metadata("word", JsonObject.quoted("x".repeat(40_000))).end();
        return trace.build();
    }

    private static String nested(int levels) {
        return "{\"k\":".repeat(levels) + "[]" + "}".repeat(levels);
    }
}
