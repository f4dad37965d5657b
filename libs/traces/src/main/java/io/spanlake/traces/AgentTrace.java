package io.spanlake.traces;

import java.util.List;

/** One generated conversation: its spans in order of start, the root first. */
public record AgentTrace(String traceId, List<AgentSpan> spans) {
    public AgentTrace {
        spans = List.copyOf(spans);
    }
}
