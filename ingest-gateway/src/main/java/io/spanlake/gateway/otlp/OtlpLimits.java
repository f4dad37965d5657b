package io.spanlake.gateway.otlp;

/**
 * How far an export may go.
 *
 * @param depthMax levels of nested attribute values
 * @param rowBytes bytes of one span as a row
 */
record OtlpLimits(int depthMax, long rowBytes) {}
