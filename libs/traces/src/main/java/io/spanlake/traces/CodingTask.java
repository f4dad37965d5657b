package io.spanlake.traces;

import java.util.ArrayList;
import java.util.random.RandomGenerator;

/** An agent that works in a terminal: long observations, many steps, at times one output of a megabyte. */
final class CodingTask {
    private final RandomGenerator random;
    private final Prose prose;
    private final TraceBuilder trace;

    CodingTask(RandomGenerator random, Prose prose, long startNanos) {
        this.random = random;
        this.prose = prose;
        this.trace = new TraceBuilder(random, "coding", startNanos);
    }

    AgentTrace trace() {
        String issue = prose.text(900);
        var root = trace.root("coding task", "task")
                .input(new JsonObject()
                        .text("issue", issue)
                        .text("repository", prose.name())
                        .toString())
                .tags("coding");
        var history = new ArrayList<String>();
        history.add(JsonObject.message("system", prose.text(3_000)));
        history.add(JsonObject.message("user", issue));
        int steps = random.nextInt(4, 22);
        for (int step = 0; step < steps; step++) {
            String thought = prose.text(random.nextInt(100, 500));
            String command = "grep -rn " + prose.name() + " src/" + prose.name() + ".py";
            String answer = new JsonObject()
                    .text("role", "assistant")
                    .text("content", thought)
                    .text("action", command)
                    .toString();
            trace.below(root, "plan step", "llm")
                    .input(JsonObject.array(history))
                    .output(answer)
                    .metadata("step", Integer.toString(step))
                    .calledModel("claude-sonnet-4")
                    .end();
            history.add(answer);
            var tool = trace.below(root, "bash", "tool")
                    .input(new JsonObject().text("command", command).toString());
            trace.pass(random.nextInt(20, 3_000));
            String observation = prose.code(observationChars());
            tool.output(JsonObject.quoted(observation));
            if (random.nextInt(8) == 0) {
                tool.error(new JsonObject()
                        .text("type", "CommandFailed")
                        .number("exit_code", random.nextInt(1, 128))
                        .toString());
            }
            tool.end();
            history.add(JsonObject.message("user", observation.substring(0, Math.min(observation.length(), 6_000))));
        }
        root.output(new JsonObject().text("patch", prose.code(1_200)).toString());
        if (random.nextInt(10) == 0) {
            root.unfinished();
        }
        root.end();
        return trace.build();
    }

    /** Most are short, one in 400 is the log of a whole build. */
    private int observationChars() {
        int dice = random.nextInt(400);
        return dice == 0
                ? random.nextInt(300_000, 1_500_000)
                : dice < 20 ? random.nextInt(8_000, 40_000) : random.nextInt(60, 2_500);
    }
}
