package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;

/** Makes of a span the one row that its start and its end come to. Not thread-safe. */
public final class WholeRows {
    private final SpanRows rows;

    public WholeRows(String projectId) {
        this.rows = new SpanRows(projectId);
    }

    /** @throws IllegalArgumentException where the line lacks what every span has */
    public ByteSlice of(ByteSlice line) {
        return rows.whole(line)
                .orElseThrow(
                        () -> new IllegalArgumentException("no span: a line of %d bytes".formatted(line.length())));
    }
}
