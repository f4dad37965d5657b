package io.spanlake.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.benchmarks.replay.Replay;
import io.spanlake.benchmarks.replay.TraceSource;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

class LoadTest {
    private static final String PROJECT = "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01";

    private @Nullable DisposableServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.disposeNow();
        }
    }

    @Test
    void underAScheduleAStallOfTheServerShowsInEveryRequestThatWasDueDuringIt() {
        long start = System.nanoTime();
        var load = loadOn(response -> {
            long age = System.nanoTime() - start;
            boolean stalled = age > 1_000_000_000L && age < 2_000_000_000L;
            return stalled ? Mono.delay(Duration.ofNanos(2_000_000_000L - age)).then() : Mono.empty();
        });

        var result = load.scheduled(100.0 * load.workload().rowBytesPerRequest(), Duration.ofSeconds(3));

        assertThat(result.failures()).isEmpty();
        assertThat(result.millisAt(50)).isLessThan(300);
        assertThat(result.millisAt(90)).isGreaterThan(400);
        assertThat(result.millisAt(100)).isBetween(700.0, 5_000.0);
    }

    @Test
    void aBusyServerIsAskedAgainAndTheRequestCountsOnce() {
        var asked = new AtomicInteger();
        var load = loadOn(response -> {
            if (asked.incrementAndGet() % 3 == 1) {
                response.status(429);
            }
            return Mono.empty();
        });

        var result = load.full(2, Duration.ofSeconds(1));

        assertThat(result.busy()).isPositive();
        assertThat(result.failures()).isEmpty();
        assertThat(result.requests()).isEqualTo(asked.get() - result.busy());
    }

    @Test
    void aRefusalIsAFailureAndSaysWhich() {
        var load = loadOn(response -> {
            response.status(400);
            return Mono.empty();
        });

        var result = load.full(2, Duration.ofMillis(300));

        assertThat(result.requests()).isZero();
        assertThat(result.failures()).containsOnlyKeys("status 400");
    }

    private Load loadOn(Function<HttpServerResponse, Mono<Void>> answer) {
        var bound = HttpServer.create()
                .port(0)
                .handle((request, response) -> request.receive()
                        .then(Mono.defer(() -> answer.apply(response)))
                        .then(response.sendString(Mono.just("{}")).then()))
                .bindNow();
        server = bound;
        Set<String> ids = ConcurrentHashMap.newKeySet();
        var client = new SpanlakeClient(URI.create("http://127.0.0.1:" + bound.port()), "key", 4);
        var lines = TraceSource.open("no such folder", 3_000_000).lines();
        var requests = Replay.asSdk(PROJECT).withRowsPerRequest(5).requests(lines, new Random(1));
        return new Load(
                client,
                new Workload(requests, 1),
                request -> assertThat(ids.add(
                                request.rowId(0) + request.rows().getFirst().length()))
                        .isTrue());
    }
}
