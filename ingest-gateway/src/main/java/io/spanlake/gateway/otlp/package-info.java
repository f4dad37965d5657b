/**
 * Spans of OpenTelemetry exporters become rows: bytes → spans ({@link ProtobufTraces}, {@link JsonTraces}) → rows ({@link
 * SpanMapper}, by the table {@code otlp-mapping.json}).
 */
@NullMarked
package io.spanlake.gateway.otlp;

import org.jspecify.annotations.NullMarked;
