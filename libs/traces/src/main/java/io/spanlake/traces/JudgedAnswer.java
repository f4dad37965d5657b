package io.spanlake.traces;

import java.util.List;
import java.util.random.RandomGenerator;

/** One step of an evaluation: a task, a model's answer, and a judge that scores it. */
final class JudgedAnswer {
    private static final List<String> MODELS =
            List.of("gpt-4o", "gpt-4o-mini", "claude-haiku-4", "mistral-large", "gemini-2.5-flash", "phi-3-mini");

    private final RandomGenerator random;
    private final Prose prose;
    private final TraceBuilder trace;

    JudgedAnswer(RandomGenerator random, Prose prose, long startNanos) {
        this.random = random;
        this.prose = prose;
        this.trace = new TraceBuilder(random, "evaluation", startNanos);
    }

    AgentTrace trace() {
        String model = prose.pick(MODELS);
        String question = prose.text(random.nextInt(40, 500));
        String expected = prose.text(120);
        var root = trace.root("eval", "task")
                .input(JsonObject.quoted(question))
                .expected(JsonObject.quoted(expected))
                .metadata("case", Integer.toString(random.nextInt(1_000)))
                .metadata("settings", "{\"temperature\":" + "0." + random.nextInt(10) + ",\"top_p\":1.0}")
                .tags("eval");
        String answer = prose.text(random.nextInt(200, 2_600));
        trace.below(root, "chat " + model, "llm")
                .input(JsonObject.array(List.of(JsonObject.message("user", question))))
                .output(JsonObject.message("assistant", answer))
                .calledModel(model)
                .end();
        String score = "0." + random.nextInt(10, 100);
        var judge = trace.below(root, "judge", "score")
                .input(new JsonObject()
                        .text("question", question)
                        .text("answer", answer)
                        .text("expected", expected)
                        .toString());
        judge.output(new JsonObject()
                        .text("reason", prose.text(random.nextInt(100, 700)))
                        .json("score", score)
                        .toString())
                .scores(new JsonObject().json("quality", score).toString())
                .calledModel("gpt-4o");
        judge.end();
        root.output(JsonObject.quoted(answer)).end();
        return trace.build();
    }
}
