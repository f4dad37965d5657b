package io.spanlake.catalog.parts;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventoryTest {
    Stages stages;

    @BeforeAll
    void open() {
        stages = new Stages();
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @BeforeEach
    void twoPartitions() {
        stages.begin(2);
    }

    private Inventory inventory(int pageLines) {
        return new PostgresInventory(stages.catalog.database, pageLines);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000})
    void everyObjectOfTheLogAndOfPartsIsListedOnce(int pageLines) {
        stages.flush(OBJECT, 0, 0, 10, 77);
        stages.flush(OBJECT, 0, 10, 20, 7);
        stages.flush(OTHER, 1, 0, 5, 3);
        stages.cut(OBJECT, 0, 0, 20, 84);
        await(stages.swaps.swap(SwapDraft.on(stages.snapshot(OBJECT))
                .takeAllSections()
                .put(part(20, 84))
                .swap()));

        var objects = await(inventory(pageLines).objects().collectList());

        assertThat(objects)
                .containsExactlyElementsOf(Stream.of(OBJECT, OTHER).sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000})
    void whatIsLiveIsListedInOrder(int pageLines) {
        var first = stages.flush(OBJECT, 0, 0, 10, 77);
        var second = stages.flush(OTHER, 1, 0, 5, 3);
        var inventory = inventory(pageLines);

        var blobs = await(inventory.blobs().collectList());

        assertThat(blobs).extracting(Inventory.LiveBlob::name).containsOnlyOnce(first, second);
        assertThat(await(inventory.isLive(first))).isTrue();
        assertThat(await(inventory.isLive("orgs/none"))).isFalse();
    }
}
