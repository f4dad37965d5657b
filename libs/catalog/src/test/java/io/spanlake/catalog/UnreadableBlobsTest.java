package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadableBlobsTest {
    @Test
    void aBlobIsEnteredOnceHoweverOftenItIsToldAndNoSweepTakesIt() {
        try (var catalog = new CatalogFixture()) {
            var unreadable = new PostgresUnreadableBlobs(catalog.database);
            assertThat(await(unreadable.known(5))).isEqualTo(new UnreadableBlobs.Known(0, List.of()));

            unreadable.enter(List.of(blob(7), blob(8))).block(WAIT);
            unreadable.enter(List.of(blob(8), blob(9))).block(WAIT);

            assertThat(await(unreadable.known(5)).newest().stream().map(UnreadableBlobs.Entry::blob))
                    .containsExactlyInAnyOrder(blob(7), blob(8), blob(9));
            assertThat(await(unreadable.known(1)).newest()).hasSize(1);
            assertThat(await(unreadable.known(1)).count()).isEqualTo(3);
            assertThat(catalog.rows("select state from blobs")).containsExactly("live", "live", "live");
        }
    }

    private static UnreadableBlob blob(long offset) {
        return new UnreadableBlob("orgs/_unreadable/" + offset, 3, 1, 1, offset, offset + 1, "no envelope");
    }
}
