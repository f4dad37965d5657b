package io.spanlake.benchmarks.load;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Speaks to one origin over kept connections. Thread-safe; nothing blocks. */
public final class SpanlakeClient implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final ConnectionProvider connections;
    private final HttpClient http;

    /** @param connections at most; more requests wait for one, and their waiting counts */
    public SpanlakeClient(URI url, String apiKey, int connections) {
        this.connections = ConnectionProvider.builder("load")
                .maxConnections(connections)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(ANSWER_WITHIN)
                .build();
        this.http = HttpClient.create(this.connections)
                .baseUrl(url.toString())
                .responseTimeout(ANSWER_WITHIN)
                .headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + apiKey)
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/json"));
    }

    /** The bytes must not change before the answer is here. */
    public Mono<Answer> post(String path, byte[] body) {
        return http.headers(headers -> headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length))
                .post()
                .uri(path)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle((response, content) -> content.asString(StandardCharsets.UTF_8)
                        .defaultIfEmpty("")
                        .map(text -> Answer.of(response, text)));
    }

    public Mono<Answer> get(String path) {
        return http.get()
                .uri(path)
                .responseSingle((response, content) -> content.asString(StandardCharsets.UTF_8)
                        .defaultIfEmpty("")
                        .map(text -> Answer.of(response, text)));
    }

    @Override
    public void close() {
        connections.disposeLater().block(Duration.ofSeconds(5));
    }
}
