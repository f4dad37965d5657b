// Logs what a person would log with the SDK, and prints the ids and what the SDK was refused.
import { initLogger } from "braintrust";

const logger = initLogger({
  projectName: process.env.PROJECT,
  appUrl: process.env.SPANLAKE_URL,
  apiKey: process.env.SPANLAKE_API_KEY,
  asyncFlush: true,
  // The SDK retries and drops without a word; what it is told is printed here.
  fetch: async (url, options) => {
    const response = await fetch(url, options);
    if (!response.ok) console.log("failed:", response.status, await response.clone().text());
    return response;
  },
});
const ids = (span) => ({ id: span.id, span: span.spanId, root: span.rootSpanId });
const told = {};

await logger.traced(
  async (root) => {
    told.root = ids(root);
    root.log({ input: { q: "hi – ünïcode \u2028 \u{1F600}" }, metadata: { user: "u1" }, tags: ["a", "b"] });
    await logger.flush();
    await root.traced(
      async (child) => {
        told.child = ids(child);
        child.log({
          input: [{ role: "user", content: "hi" }],
          output: "yo",
          metadata: { model: "gpt-4o", deep: { a: { b: [1, 2.5, null, true] } } },
          metrics: { prompt_tokens: 3, completion_tokens: 1, tokens: 4 },
        });
        await child.traced(async (tool) => (told.tool = ids(tool)), { name: "look up", type: "tool" });
      },
      { name: "llm call", type: "llm" },
    );
    root.log({ output: "done", scores: { quality: 0.7 } });
  },
  { name: "root", type: "task" },
);
await logger.flush();

logger.updateSpan({ id: told.root.id, ...exportedOf(told.root), metadata: { late: true } });
logger.logFeedback({
  id: told.root.id,
  scores: { thumbs: 1 },
  expected: "better",
  comment: "good",
  source: "external",
  metadata: { by: "me" },
});
await logger.flush();

logOne("ten-megabytes", "0123456789abcdef".repeat((10 << 20) / 16));
await logger.flush();
console.log("AFTER-TEN");

logOne("twenty-megabytes", "0123456789abcdef".repeat((20 << 20) / 16));
await logger.flush();

logOne("after-the-refusal", "still here");
await logger.flush();
console.log("TOLD " + JSON.stringify(told));

function logOne(id, input) {
  logger.startSpan({ name: id, event: { id, input } }).end();
}

function exportedOf(span) {
  return { root_span_id: span.root, span_id: span.span };
}
