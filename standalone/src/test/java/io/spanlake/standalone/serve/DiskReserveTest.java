package io.spanlake.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class DiskReserveTest {
    private static final long RESERVE = 512L << 20;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicLong free = new AtomicLong(RESERVE);
    private final DiskReserve reserve = new DiskReserve(free::get, RESERVE, time, new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        reserve.destroy();
    }

    private Optional<RefusedException> refusal(String method, String path) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.valueOf(method), path));
        return reserve.filter(exchange, _ -> Mono.empty())
                .thenReturn(Optional.<RefusedException>empty())
                .onErrorResume(RefusedException.class, refused -> Mono.just(Optional.of(refused)))
                .blockOptional()
                .orElseThrow();
    }

    private void isFree(long bytes) {
        free.set(bytes);
        time.advanceTimeBy(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/logs3",
        "POST,/logs3/overflow",
        "PUT,/logs3/overflow/upload/t",
        "POST,/otel/v1/traces",
        "POST,/v1/traces"
    })
    void belowTheReserveRowsAreRefusedForNow(String method, String path) {
        isFree(RESERVE - 1);

        var problem = refusal(method, path).orElseThrow().problem();

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.type()).isEqualTo("disk-full");
        assertThat(problem.retryAfter()).isPresent();
        isFree(RESERVE);
        assertThat(refusal(method, path)).as("once there is room").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/btql",
        "POST,/sql",
        "GET,/ui/objects/project_logs/p/spans",
        "GET,/readyz",
        "POST,/standalone/compact"
    })
    void whatReadsOrMakesRoomGoesOn(String method, String path) {
        isFree(0);

        assertThat(refusal(method, path)).isEmpty();
    }

    @Test
    void aDiskThatIsFullAtTheStartIsSeenBeforeTheFirstRequest() {
        free.set(0);
        var fresh = new DiskReserve(free::get, RESERVE, time, new SimpleMeterRegistry());
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/logs3"));

        assertThatThrownBy(() -> fresh.filter(exchange, _ -> Mono.empty()).block())
                .isInstanceOf(RefusedException.class);
        fresh.destroy();
    }
}
