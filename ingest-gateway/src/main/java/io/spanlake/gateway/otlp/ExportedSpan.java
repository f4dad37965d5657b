package io.spanlake.gateway.otlp;

/** A span and what it was exported under. */
record ExportedSpan(SpanOrigin origin, OtlpSpan span) {}
