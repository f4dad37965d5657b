package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class ObjectWidthsTest {
    @Test
    void aWidthNeverShrinks() {
        try (var catalog = new CatalogFixture()) {
            var widths = new PostgresObjectWidths(catalog.database);
            assertThat(await(widths.all())).isEmpty();

            assertThat(await(widths.widen(OBJECT, 4))).isEqualTo(4);
            assertThat(await(widths.widen(OBJECT, 2))).isEqualTo(4);
            assertThat(await(widths.widen(OTHER, 1))).isEqualTo(1);

            assertThat(await(widths.all())).isEqualTo(Map.of(OBJECT, 4));
        }
    }

    @Test
    void theWidestWinsHoweverManyWidenAtOnce() {
        try (var catalog = new CatalogFixture()) {
            var widths = new PostgresObjectWidths(catalog.database);

            await(Flux.range(0, 60)
                    .flatMap(i -> widths.widen(OBJECT, 1 << (i % 6)), 30)
                    .collectList());

            assertThat(await(widths.all())).isEqualTo(Map.of(OBJECT, 32));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4, 3, 12, Integer.MIN_VALUE})
    void whatIsNoPowerOfTwoIsRefused(int width) {
        try (var catalog = new CatalogFixture()) {
            assertThatThrownBy(() -> new PostgresObjectWidths(catalog.database).widen(OBJECT, width))
                    .hasMessageContaining(String.valueOf(width));
        }
    }
}
