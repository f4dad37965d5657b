package io.spanlake.traces;

import java.util.List;
import java.util.random.RandomGenerator;

/** An agent that hands parts of its work to other agents, some levels deep. */
final class Delegation {
    private static final List<String> ROLES = List.of("researcher", "writer", "reviewer", "planner", "translator");

    private final RandomGenerator random;
    private final Prose prose;
    private final TraceBuilder trace;

    Delegation(RandomGenerator random, Prose prose, long startNanos) {
        this.random = random;
        this.prose = prose;
        this.trace = new TraceBuilder(random, "delegation", startNanos);
    }

    AgentTrace trace() {
        var root = trace.root("orchestrator", "task")
                .input(JsonObject.quoted(prose.text(200)))
                .tags("agents");
        work(root, random.nextInt(2, 6), 1);
        root.output(JsonObject.quoted(prose.text(400))).end();
        return trace.build();
    }

    private void work(TraceBuilder.Draft parent, int width, int depth) {
        for (int i = 0; i < width; i++) {
            String task = prose.text(150);
            String role = prose.pick(ROLES);
            var agent = trace.below(parent, role, "task")
                    .input(JsonObject.message("user", task))
                    .metadata("depth", Integer.toString(depth));
            String answer = JsonObject.message("assistant", prose.text(random.nextInt(150, 900)));
            trace.below(agent, "chat gpt-4o-mini", "llm")
                    .input(JsonObject.array(List.of(
                            JsonObject.message("system", "You are a " + role + "."), JsonObject.message("user", task))))
                    .output(answer)
                    .calledModel("gpt-4o-mini")
                    .end();
            if (depth < 6 && random.nextInt(3) == 0) {
                work(agent, random.nextInt(1, 3), depth + 1);
            }
            agent.output(answer).end();
        }
    }
}
