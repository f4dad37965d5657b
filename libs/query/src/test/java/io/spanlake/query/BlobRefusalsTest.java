package io.spanlake.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.part.columns.ColumnsReader;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class BlobRefusalsTest {
    private static Throwable readingColumnsOf(String text) {
        var bytes = ByteSlice.ofUtf8(text);
        return catchThrowable(() -> ColumnsReader.open(
                        (offset, length) -> Mono.just(bytes.slice((int) offset, length)),
                        "a.orc",
                        bytes.length(),
                        Schedulers.immediate())
                .block());
    }

    @Test
    void columnsThatAreNoneAreABlobThatIsUnreadable() {
        var fault = readingColumnsOf("no ORC at all, but long enough to be one");

        assertThat(BlobRefusals.of("a.part", fault))
                .isInstanceOfSatisfying(
                        ReadRefusedException.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(ReadRefusal.BlobUnreadable.class));
    }

    @Test
    void aStoreThatFailsIsNoDamage() {
        assertThat(BlobRefusals.of("a.part", new BlobStoreException("away")))
                .isInstanceOfSatisfying(
                        ReadRefusedException.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(ReadRefusal.StoreFailed.class));
    }
}
