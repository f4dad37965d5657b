package io.spanlake.query.execute;

/** A few traces, experiments and records that the examples speak of. */
final class SampleData {
    private SampleData() {}

    static Lab lab() {
        var lab = new Lab();
        var rows = lab.rows;
        rows.add("project_logs", "P", """
                {"id":"r1","span_id":"t1","root_span_id":"t1","created":"2026-01-01T10:00:00.000Z","project_id":"P","input":"please refund me",
                 "output":{"text":"Sorry, the rate limit was hit"},"tags":["triage","vip"],"span_attributes":{"name":"root","type":"task"},
                 "metadata":{"user_id":"u1","user":{"name":"Ann"},"env":"prod","config":"{\\"env\\":\\"prod\\"}","gen_ai.system":"openai"},
                 "scores":{"accuracy":0.9,"helpful":0.4},"metrics":{"start":1767261600,"end":1767261612.5}}""");
        rows.add("project_logs", "P", """
                {"id":"r2","span_id":"s2","root_span_id":"t1","span_parents":["t1"],"created":"2026-01-01T10:00:01.000Z","project_id":"P",
                 "input":[{"role":"user","content":"please refund me"}],"output":[{"role":"assistant","content":"Sorry!"}],
                 "span_attributes":{"name":"chat","type":"llm"},"metadata":{"model":"gpt-4o","env":"prod"},
                 "metrics":{"start":1767261601,"end":1767261605,"prompt_tokens":1000,"completion_tokens":200,"tokens":1200,"time_to_first_token":0.5}}""");
        rows.add("project_logs", "P", """
                {"id":"r3","span_id":"s3","root_span_id":"t1","span_parents":["t1"],"created":"2026-01-01T10:00:02.000Z","project_id":"P",
                 "input":{"order":17},"error":"timeout after 30s","span_attributes":{"name":"lookup","type":"tool"},
                 "metadata":{"note":"now 50% off"},"metrics":{"start":1767261605,"end":1767261606}}""");
        rows.add("project_logs", "P", """
                {"id":"r4","span_id":"t2","root_span_id":"t2","created":"2026-01-01T11:30:00.000Z","project_id":"P","input":"hello","output":"hi there",
                 "tags":["done"],"span_attributes":{"name":"root","type":"task"},"metadata":{"user_id":"u2","env":"dev"},
                 "scores":{"accuracy":0.3,"email sent":1},"facets":{"sentiment":"NEGATIVE"},
                 "classifications":{"Task":[{"id":"c1","label":"Refund","metadata":{"distance":0.2}}]},"metrics":{"start":1767267000,"end":1767267003}}""");
        rows.add("project_logs", "P", """
                {"id":"r5","span_id":"s5","root_span_id":"t2","span_parents":["t2"],"created":"2026-01-01T11:30:01.000Z","project_id":"P",
                 "input":"hello","output":"hi there","span_attributes":{"name":"chat","type":"llm"},"metadata":{"model":"claude-sonnet-4-20250514"},
                 "metrics":{"start":1767267000.5,"end":1767267002.5,"prompt_tokens":500,"completion_tokens":100,"prompt_cached_tokens":100,"tokens":600}}""");
        rows.add("project_logs", "P", """
                {"id":"r6","span_id":"t3","root_span_id":"t3","created":"2025-12-20T09:00:00.000Z","project_id":"P","input":"old","span_attributes":{"name":"root","type":"task"},
                 "metadata":{},"tags":[],"scores":{"accuracy":null}}""");
        experiment(rows, "E1", 0.5, 0.9);
        experiment(rows, "E2", 0.7, 0.8);
        for (int i = 0; i < 5; i++) {
            rows.add("dataset", "D", """
                    {"id":"d%d","dataset_id":"D","input":{"quantity":"%d"},"expected":"a refund","metadata":{"tier":"%s"}}""".formatted(i, i, i % 2 == 0 ? "gold" : "basic"));
        }
        rows.add(
                "project_prompts",
                "P",
                "{\"id\":\"pr1\",\"slug\":\"support-answer\",\"name\":\"Support\",\"prompt_data\":{\"prompt\":{\"type\":\"chat\"}}}");
        rows.add("project_functions", "P", "{\"id\":\"f1\",\"slug\":\"judge\",\"function_type\":\"scorer\"}");
        return lab;
    }

    private static void experiment(MemoryRows rows, String id, double first, double second) {
        rows.add("experiment", id, """
                {"id":"%1$s-1","experiment_id":"%1$s","input":"q1","output":"a","scores":{"accuracy":%2$s,"style":1},"span_attributes":{"type":"eval"}}""".formatted(id, first));
        rows.add("experiment", id, """
                {"id":"%1$s-2","experiment_id":"%1$s","input":"q2","output":"b","scores":{"accuracy":%2$s},"span_attributes":{"type":"eval"}}""".formatted(id, second));
    }
}
