package io.spanlake.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class PlannedAnewTest {
    private final AtomicInteger reads = new AtomicInteger();

    private Mono<String> failing(int times, RuntimeException fault) {
        return PlannedAnew.once(() -> reads.incrementAndGet() <= times ? Mono.error(fault) : Mono.just("rows"));
    }

    private static ReadRefusedException gone() {
        return new ReadRefusedException(
                new ReadRefusal.BlobUnreadable("a.rows", "it is gone"), new IllegalStateException("gone"));
    }

    @Test
    void aBlobThatWentMeanwhileIsNoRefusal() {
        assertThat(failing(1, gone()).block()).isEqualTo("rows");
    }

    @Test
    void aBlobThatIsGoneForGoodIsToldAfterASecondLook() {
        assertThatThrownBy(failing(9, gone())::block).isInstanceOf(ReadRefusedException.class);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatElseFailsIsToldAtOnce() {
        assertThatThrownBy(failing(1, new IllegalStateException("else"))::block).hasMessage("else");
        assertThat(reads).hasValue(1);
    }
}
