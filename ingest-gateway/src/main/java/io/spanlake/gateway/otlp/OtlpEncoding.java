package io.spanlake.gateway.otlp;

/** In which form an export comes, and its answer goes. */
enum OtlpEncoding {
    PROTOBUF,
    JSON
}
