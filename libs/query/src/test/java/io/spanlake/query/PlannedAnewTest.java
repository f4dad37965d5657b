package io.spanlake.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.storage.container.CorruptBlobException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

class PlannedAnewTest {
    private final AtomicInteger reads = new AtomicInteger();

    private Mono<String> failing(int times, RuntimeException fault) {
        return PlannedAnew.once(() -> reads.incrementAndGet() <= times ? Mono.error(fault) : Mono.just("rows"));
    }

    private static RuntimeException gone() {
        return (RuntimeException) BlobRefusals.of("a.rows", new BlobNotFoundException(new BlobName("a.rows")));
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
    void soItIsWhereSeveralWentAtOnce() {
        var both = Exceptions.multiple(gone(), gone());

        assertThat(failing(1, both).block()).isEqualTo("rows");
        assertThatThrownBy(failing(9, both)::block).isInstanceOf(ReadRefusedException.class);
        assertThat(OneFault.of(Exceptions.multiple(new IllegalStateException("else"), gone())))
                .isInstanceOf(ReadRefusedException.class);
    }

    /** It stays so, and each look may cost as much as the first. */
    @Test
    void damageIsToldAtOnce() {
        var damaged = (RuntimeException) BlobRefusals.of("a.rows", new CorruptBlobException("torn"));

        assertThatThrownBy(failing(1, damaged)::block).isInstanceOf(ReadRefusedException.class);
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatElseFailsIsToldAtOnce() {
        assertThatThrownBy(failing(1, new IllegalStateException("else"))::block).hasMessage("else");
        assertThat(reads).hasValue(1);
    }
}
