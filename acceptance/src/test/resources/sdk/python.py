"""Logs what a person would log with the SDK, and prints the ids."""

import json
import os

import braintrust

logger = braintrust.init_logger(
    project=os.environ["PROJECT"],
    app_url=os.environ["SPANLAKE_URL"],
    api_key=os.environ["SPANLAKE_API_KEY"],
    async_flush=True,
)
told = {}


def ids(span):
    return {"id": span.id, "span": span.span_id, "root": span.root_span_id}


def log_one(id, input):
    with logger.start_span(name=id, id=id, input=input):
        pass


with logger.start_span(name="root", type="task") as root:
    told["root"] = ids(root)
    root.log(input={"q": "hi – ünïcode \u2028 \U0001F600"}, metadata={"user": "u1"}, tags=["a", "b"])
    logger.flush()
    with root.start_span(name="llm call", type="llm") as child:
        told["child"] = ids(child)
        child.log(
            input=[{"role": "user", "content": "hi"}],
            output="yo",
            metadata={"model": "gpt-4o", "deep": {"a": {"b": [1, 2.5, None, True]}}},
            metrics={"prompt_tokens": 3, "completion_tokens": 1, "tokens": 4},
        )
        with child.start_span(name="look up", type="tool") as tool:
            told["tool"] = ids(tool)
    root.log(output="done", scores={"quality": 0.7})
logger.flush()

logger.update_span(
    id=told["root"]["id"],
    root_span_id=told["root"]["root"],
    span_id=told["root"]["span"],
    metadata={"late": True},
)
logger.log_feedback(
    id=told["root"]["id"],
    scores={"thumbs": 1},
    expected="better",
    comment="good",
    source="external",
    metadata={"by": "me"},
)
logger.flush()

log_one("ten-megabytes", "0123456789abcdef" * ((10 << 20) // 16))
logger.flush()
print("AFTER-TEN", flush=True)

log_one("twenty-megabytes", "0123456789abcdef" * ((20 << 20) // 16))
logger.flush()

log_one("after-the-refusal", "still here")
logger.flush()
print("TOLD " + json.dumps(told), flush=True)
