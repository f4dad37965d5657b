package io.spanlake.gateway.otlp;

record OtlpAttribute(String key, OtlpValue value) {}
