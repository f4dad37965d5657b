package io.spanlake.gateway.otlp;

/**
 * What became of an export.
 *
 * @param rejectedSpans spans that were not stored; all others are
 * @param message       which spans and why, empty where none was rejected
 */
record OtlpOutcome(long rejectedSpans, String message) {}
