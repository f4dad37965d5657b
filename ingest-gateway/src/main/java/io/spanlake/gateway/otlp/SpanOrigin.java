package io.spanlake.gateway.otlp;

import java.util.List;

/** Resource and scope that spans were exported under. Shared by all of them. */
record SpanOrigin(
        List<OtlpAttribute> resource,
        String resourceSchemaUrl,
        String scopeName,
        String scopeVersion,
        List<OtlpAttribute> scopeAttributes,
        String scopeSchemaUrl) {
    SpanOrigin {
        resource = List.copyOf(resource);
        scopeAttributes = List.copyOf(scopeAttributes);
    }
}
