package io.spanlake.traces;

import java.util.ArrayList;
import java.util.random.RandomGenerator;

/** A question that is answered from documents: a retriever, then a model that gets what was found. */
final class DocumentQuestion {
    private final RandomGenerator random;
    private final Prose prose;
    private final TraceBuilder trace;

    DocumentQuestion(RandomGenerator random, Prose prose, long startNanos) {
        this.random = random;
        this.prose = prose;
        this.trace = new TraceBuilder(random, "documents", startNanos);
    }

    AgentTrace trace() {
        String question = prose.text(80);
        var root = trace.root("answer from documents", "task")
                .input(new JsonObject().text("question", question).toString())
                .tags("rag", prose.language().code());
        var search = trace.below(root, "retrieve", "function")
                .input(new JsonObject().text("query", question).number("k", 5).toString());
        trace.pass(random.nextInt(8, 120));
        var documents = new ArrayList<String>();
        for (int i = 0; i < random.nextInt(2, 6); i++) {
            documents.add(new JsonObject()
                    .text("id", trace.id(4))
                    .json("score", "0." + random.nextInt(100, 999))
                    .text("text", prose.text(random.nextInt(200, 1_400)))
                    .toString());
        }
        String found = JsonObject.array(documents);
        search.output(found).end();
        String answer = prose.text(random.nextInt(120, 600));
        trace.below(root, "chat gpt-4o", "llm")
                .input(JsonObject.array(java.util.List.of(
                        JsonObject.message("system", "Answer from the documents only.\n" + found),
                        JsonObject.message("user", question))))
                .output(JsonObject.message("assistant", answer))
                .metadata("temperature", "0.0")
                .calledModel("gpt-4o")
                .end();
        root.output(JsonObject.quoted(answer)).end();
        return trace.build();
    }
}
