package io.spanlake.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A customer and an agent with tools: every call carries the policy and the whole conversation so far. */
final class SupportConversation {
    private static final List<String> TOOLS = List.of(
            "get_order", "find_customer", "cancel_reservation", "search_flights", "update_address", "send_voucher");
    private static final List<String> MODELS = List.of("gpt-4o", "claude-sonnet-4", "llama-3.3-70b");

    private final RandomGenerator random;
    private final Prose prose;
    private final TraceBuilder trace;
    private final List<String> history = new ArrayList<>();

    SupportConversation(RandomGenerator random, Prose prose, long startNanos) {
        this.random = random;
        this.prose = prose;
        this.trace = new TraceBuilder(random, "support", startNanos);
    }

    AgentTrace trace() {
        String model = prose.pick(MODELS);
        String question = prose.text(120);
        var root = trace.root("support conversation", "task")
                .input(JsonObject.message("user", question))
                .metadata("language", JsonObject.quoted(prose.language().code()))
                .metadata("customer", customer())
                .tags("support", prose.language().code());
        history.add(JsonObject.message("system", prose.text(2_500)));
        history.add(JsonObject.message("user", question));
        int turns = random.nextInt(3, 14);
        String answer = "";
        for (int turn = 0; turn < turns; turn++) {
            boolean usesTool = random.nextInt(5) < 3 && turn < turns - 1;
            answer = usesTool ? callTool(root, model) : reply(root, model);
        }
        boolean solved = random.nextInt(3) > 0;
        var score = trace.below(root, "solved", "score")
                .input(JsonObject.quoted(answer))
                .output(solved ? "true" : "false")
                .scores("{\"solved\":" + (solved ? "1" : "0") + "}");
        trace.pass(30);
        score.end();
        root.output(JsonObject.message("assistant", answer))
                .scores(solved ? "{\"solved\":1}" : "{\"solved\":0}")
                .end();
        return trace.build();
    }

    private String customer() {
        return new JsonObject()
                .text("id", "c-" + random.nextInt(100_000))
                .json(
                        "loyalty",
                        new JsonObject()
                                .number("points", random.nextInt(9_000))
                                .text("tier", prose.pick(List.of("basic", "silver", "gold")))
                                .toString())
                .toString();
    }

    private String reply(TraceBuilder.Draft root, String model) {
        String answer = prose.text(random.nextInt(80, 700));
        callModel(root, model, JsonObject.message("assistant", answer));
        history.add(JsonObject.message("assistant", answer));
        trace.pass(random.nextInt(2_000, 40_000));
        history.add(JsonObject.message("user", prose.text(random.nextInt(20, 200))));
        return answer;
    }

    private void callModel(TraceBuilder.Draft root, String model, String output) {
        var call = trace.below(root, "chat " + model, "llm").input(JsonObject.array(history));
        if (random.nextInt(40) == 0) {
            call.error("{\"type\":\"RateLimitError\",\"status\":429,\"retry_after\":1.5}");
            trace.pass(200);
            call.end();
            trace.pass(1_500);
            call = trace.below(root, "chat " + model, "llm")
                    .input(JsonObject.array(history))
                    .tags("retry");
        }
        call.output(output).calledModel(model).end();
    }

    private String callTool(TraceBuilder.Draft root, String model) {
        String name = prose.pick(TOOLS);
        String callId = "call_" + trace.id(8);
        String arguments = new JsonObject()
                .text("order_id", trace.id(4))
                .number("limit", random.nextInt(1, 50))
                .toString();
        String request = new JsonObject()
                .text("role", "assistant")
                .json("content", "null")
                .json(
                        "tool_calls",
                        JsonObject.array(List.of(new JsonObject()
                                .text("id", callId)
                                .text("type", "function")
                                .json(
                                        "function",
                                        new JsonObject()
                                                .text("name", name)
                                                .text("arguments", arguments)
                                                .toString())
                                .toString())))
                .toString();
        callModel(root, model, request);
        history.add(request);
        var tool = trace.below(root, name, "tool").input(arguments).metadata("tool_call_id", JsonObject.quoted(callId));
        trace.pass(random.nextInt(33) == 0 ? random.nextInt(2_000, 9_000) : random.nextInt(15, 90));
        boolean failed = random.nextInt(12) == 0;
        String result = failed
                ? new JsonObject().text("error", prose.sentence()).toString()
                : new JsonObject()
                        .text("status", prose.pick(List.of("open", "shipped", "cancelled")))
                        .json("amount", random.nextInt(1, 900) + "." + random.nextInt(10, 99))
                        .json("items", JsonObject.arrayOfTexts(List.of(prose.sentence(), prose.sentence())))
                        .toString();
        tool.output(result);
        if (failed) {
            tool.error(JsonObject.quoted("tool failed: " + name));
        }
        tool.end();
        history.add(new JsonObject()
                .text("role", "tool")
                .text("tool_call_id", callId)
                .text("content", result)
                .toString());
        return name;
    }
}
