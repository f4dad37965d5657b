package io.spanlake.gateway;

import io.spanlake.gateway.overflow.OverflowIngest;
import io.spanlake.gateway.receive.BodyReceiver;
import io.spanlake.gateway.receive.ReceivedBody;
import io.spanlake.gateway.refuse.Place;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.row.IngestRequest;
import io.spanlake.gateway.row.IngestResult;
import io.spanlake.gateway.split.SplitBody;
import io.spanlake.gateway.xact.TransactionIds;
import io.spanlake.model.json.JsonText;
import io.spanlake.service.auth.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The paths that SDKs write to. */
final class GatewayRoutes {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int IDEMPOTENCY_KEY_CHARS_MAX = 256;
    private static final Refusal QUEUE_FULL = new Refusal.Busy("the queue of work", Duration.ofSeconds(2));
    private static final String VERSION = Optional.ofNullable(
                    GatewayRoutes.class.getPackage().getImplementationVersion())
            .orElse("0.1.0");

    private final IngestGateway gateway;
    private final OverflowIngest overflow;
    private final BodyReceiver bodies;
    private final TransactionIds transactions;
    private final GatewayProperties properties;
    private final GatewayMetrics metrics;

    GatewayRoutes(
            IngestGateway gateway,
            OverflowIngest overflow,
            BodyReceiver bodies,
            TransactionIds transactions,
            GatewayProperties properties,
            GatewayMetrics metrics) {
        this.gateway = gateway;
        this.overflow = overflow;
        this.bodies = bodies;
        this.transactions = transactions;
        this.properties = properties;
        this.metrics = metrics;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/logs3", this::logs3)
                .GET("/version", this::version)
                .GET("/ping", request -> json("{\"status\":\"ok\"}"))
                .GET("/xact-id", request -> freshTransaction())
                .build();
    }

    private Mono<ServerResponse> logs3(ServerRequest request) {
        return metrics.observe(Mono.defer(() -> {
                            var caller = Caller.of(request);
                            var key = idempotencyKey(request);
                            return bodies.withBody(request, body -> write(caller, key, body));
                        })
                        .onErrorMap(RejectedExecutionException.class, full -> Refusals.exception(QUEUE_FULL)))
                .flatMap(result -> json(answer(result)));
    }

    private Mono<IngestResult> write(Caller caller, Optional<String> key, ReceivedBody body) {
        return switch (gateway.split(body)) {
            case SplitBody.Rows(var rows) -> gateway.ingest(new IngestRequest(caller, key, 0, rows));
            case SplitBody.Uploaded(var upload) -> overflow.ingest(caller, key, upload, body.memory());
        };
    }

    private static Optional<String> idempotencyKey(ServerRequest request) {
        var key = Optional.ofNullable(request.headers().firstHeader(IDEMPOTENCY_KEY));
        if (key.isPresent() && (key.get().isBlank() || key.get().length() > IDEMPOTENCY_KEY_CHARS_MAX)) {
            throw Refusals.exception(new Refusal.BadShape(
                    Place.ofBody(0),
                    "comes with an Idempotency-Key that has not 1 to %d characters"
                            .formatted(IDEMPOTENCY_KEY_CHARS_MAX)));
        }
        return key;
    }

    private Mono<ServerResponse> version(ServerRequest request) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of(
                        "version",
                        VERSION,
                        "logs3_payload_max_bytes",
                        properties.sdkPayloadMax().toBytes()));
    }

    private Mono<ServerResponse> freshTransaction() {
        return transactions
                .draw(1)
                .flatMap(ranges ->
                        json("{\"xact_id\":\"%s\"}".formatted(ranges.getLast().id())));
    }

    private static String answer(IngestResult result) {
        var json = new StringBuilder(64 + 40 * result.ids().size()).append("{\"ids\":[");
        for (int row = 0; row < result.ids().size(); row++) {
            if (row > 0) {
                json.append(',');
            }
            JsonText.appendString(json, result.ids().get(row));
        }
        return json.append("],\"xact_id\":\"")
                .append(result.transaction())
                .append("\"}")
                .toString();
    }

    private static Mono<ServerResponse> json(String text) {
        // Bytes: text would go through Spring's encoder a character at a time.
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(text.getBytes(StandardCharsets.UTF_8));
    }
}
