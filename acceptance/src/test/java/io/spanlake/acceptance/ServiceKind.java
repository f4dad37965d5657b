package io.spanlake.acceptance;

import java.util.Arrays;
import java.util.Map;

/** The services that a chart runs, and what of theirs differs. */
enum ServiceKind {
    CONTROL_PLANE("control-plane", "", 192),
    INGEST_GATEWAY("ingest-gateway", "spanlake_gateway", 448),
    WAL_STREAMER("wal-streamer", "spanlake_streamer", 384),
    SEGMENT_PROCESSOR("segment-processor", "spanlake_processor", 448),
    COMPACTOR("compactor", "spanlake_compactor", 512),
    QUERY_SERVICE("query-service", "spanlake_reader", 448),
    UI_QUERY_SERVICE("ui-query-service", "spanlake_reader", 640);

    /** None begins another; what is not here is the control plane's. */
    private static final Map<String, ServiceKind> ROUTES = Map.of(
            "/logs3", INGEST_GATEWAY,
            "/otel/", INGEST_GATEWAY,
            "/v1/traces", INGEST_GATEWAY,
            "/btql", QUERY_SERVICE,
            "/sql", QUERY_SERVICE,
            "/ui/", UI_QUERY_SERVICE);

    private final String module;
    private final String role;
    private final int heapMegabytes;

    ServiceKind(String module, String role, int heapMegabytes) {
        this.module = module;
        this.role = role;
        this.heapMegabytes = heapMegabytes;
    }

    /** Where a gateway of a cluster sends the path. */
    static ServiceKind serving(String path) {
        return ROUTES.entrySet().stream()
                .filter(route -> path.startsWith(route.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(CONTROL_PLANE);
    }

    /** @return every one that a database role of its own is made for */
    static ServiceKind[] withRoles() {
        return Arrays.stream(values()).filter(kind -> !kind.role.isEmpty()).toArray(ServiceKind[]::new);
    }

    String module() {
        return module;
    }

    /** The database role of {@code roles.sql}; empty where it is the owner's, who also migrates. */
    String role() {
        return role;
    }

    int heapMegabytes() {
        return heapMegabytes;
    }
}
