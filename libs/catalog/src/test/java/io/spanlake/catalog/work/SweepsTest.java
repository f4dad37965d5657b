package io.spanlake.catalog.work;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.ORGANIZATION;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.dead;
import static io.spanlake.catalog.Stages.part;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.catalog.BlobDoomedException;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalSection;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.processed.Cuts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepsTest {
    private static final Duration LONG = Duration.ofDays(1);

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
    void onePartition() {
        stages.begin(1);
    }

    private List<String> due(Duration grace) {
        return await(stages.sweeps.due(grace, 100)).stream()
                .map(RetiredBlob::name)
                .toList();
    }

    @Nested
    class Orphans {
        @Test
        void aLiveBlobIsNotDoomedAndAnUnknownOneIs() {
            var live = stages.flush(OBJECT, 0, 0, 10, 77);

            assertThat(await(stages.sweeps.doom(List.of(live, "orgs/x/stray")))).containsExactly("orgs/x/stray");
            assertThat(await(stages.sweeps.doom(List.of("orgs/x/stray")))).containsExactly("orgs/x/stray");
            assertThat(stages.blobs("live")).contains(live);
        }

        @Test
        void aFlushThatComesAfterItsBlobWasDoomedIsRefused() {
            var blob = new WalObject(
                    "orgs/x/late", ORGANIZATION, 10, 5, List.of(new WalSection(0, 1, 1, Map.of(OBJECT, 1L))));
            await(stages.sweeps.doom(List.of(blob.name())));

            assertThatThrownBy(() ->
                            await(stages.wal.commit(List.of(new FlushedRange(0, 1, 0, 1, 1, NOON)), List.of(blob))))
                    .isInstanceOf(BlobDoomedException.class);
        }

        @Test
        void aRetiredBlobIsNotTakenForAnOrphan() {
            stages.publishPart(OBJECT, 0, 0, 10, 77);
            var retired = due(Duration.ZERO);

            assertThat(await(stages.sweeps.doom(retired))).isEmpty();
        }
    }

    @Nested
    class RetiredBlobs {
        @Test
        void areDueAfterTheirGraceAndForgottenOnceDeleted() {
            stages.publishPart(OBJECT, 0, 0, 10, 77);

            assertThat(due(LONG)).isEmpty();
            var due = due(Duration.ZERO);
            assertThat(due).hasSize(1);
            stages.sweeps.swept(due).block();

            assertThat(due(Duration.ZERO)).isEmpty();
            assertThat(stages.catalog.rows("select * from processed_objects")).isEmpty();
        }

        @Test
        void aPartGoesBeforeItsDeletionVector() {
            var planned = stages.publishPart(OBJECT, 0, 0, 10, 70);
            var old = planned.parts().getFirst();
            await(stages.swaps.swap(SwapDraft.on(planned)
                    .kill(new Deaths(old.id(), 0, dead(1, 5), 1, 5, Optional.empty()))
                    .swap()));
            var killed = stages.snapshot(OBJECT);
            var dying = killed.parts().getFirst();
            stages.sweeps.swept(due(Duration.ZERO)).block();

            await(stages.swaps.swap(
                    SwapDraft.on(killed).take(dying).put(part(9, 65)).swap()));

            // Names of the tests do not show their kind, so the order is looked at through the real shape of a name.
            stages.catalog.server.execute("update blobs set name = 'orgs/a.dv-1' where name = '%s'"
                    .formatted(dying.dead().orElseThrow().name()));
            assertThat(due(Duration.ZERO).getLast()).isEqualTo("orgs/a.dv-1");
            assertThat(due(Duration.ZERO))
                    .contains(dying.file().name(), dying.file().orcName());
        }

        @Test
        void whatIsLiveIsNotForgotten() {
            var live = stages.flush(OBJECT, 0, 0, 10, 77);

            stages.sweeps.swept(List.of(live)).block();

            assertThat(stages.blobs("live")).contains(live);
            assertThat(stages.snapshot(OBJECT).walSections()).hasSize(1);
        }
    }

    @Nested
    class TheLog {
        @Test
        void isKeptUntilEveryObjectInItIsCoveredByACheckpoint() {
            var blob = new WalObject(
                    Stages.name("wal"),
                    ORGANIZATION,
                    1_000,
                    900,
                    List.of(new WalSection(0, 20, 77, Map.of(OBJECT, 10L, OTHER, 10L))));
            await(stages.wal.commit(List.of(new FlushedRange(0, 1, 0, 20, 1, NOON)), List.of(blob)));
            var later = stages.flush(OBJECT, 0, 20, 30, 5);
            await(stages.processed.commit(Cuts.of(
                    List.of(Stages.range(0, 0, 20, 77)),
                    List.of(processedBlob(section(OBJECT, 0, 0, 20, 70), section(OTHER, 0, 0, 20, 7))))));

            assertThat(await(stages.sweeps.retireLog(OBJECT))).isZero();
            await(stages.swaps.swap(SwapDraft.on(stages.snapshot(OBJECT))
                    .takeAllSections()
                    .put(part(10, 70))
                    .swap()));
            assertThat(await(stages.sweeps.retireLog(OBJECT))).isZero();
            assertThat(await(stages.sweeps.retireLog(OBJECT))).isZero();
            await(stages.swaps.swap(SwapDraft.on(stages.snapshot(OTHER))
                    .takeAllSections()
                    .put(part(10, 7))
                    .swap()));
            assertThat(await(stages.sweeps.retireLog(OTHER))).isEqualTo(1);

            assertThat(due(Duration.ZERO)).contains(blob.name()).doesNotContain(later);
            assertThat(stages.snapshot(OBJECT).walSections()).hasSize(1);
            stages.sweeps.swept(due(Duration.ZERO)).block();
            assertThat(stages.catalog.rows("select name from wal_objects")).containsExactly(later);
            assertThat(stages.catalog.rows("select first_offset from wal_sections"))
                    .containsExactly("20");
            assertThat(Set.copyOf(stages.catalog.rows("select first_offset from wal_section_objects")))
                    .containsExactly("20");
        }
    }

    @Nested
    class Reigns {
        private static final int OWNERS = 20;

        @Test
        void theLastEightOfAPartitionAreKept() {
            for (int owner = 0; owner < OWNERS; owner++) {
                await(stages.wal.claim(Set.of(0), "streamer-" + owner));
                await(stages.processed.claim(Set.of(0), "processor-" + owner));
            }

            stages.sweeps.swept(List.of("orgs/x/whatever")).block();

            assertThat(epochs("wal_epochs")).isEqualTo("8 up to " + epoch("wal_positions"));
            assertThat(epochs("processed_epochs")).isEqualTo("8 up to " + epoch("processed_positions"));
        }

        private String epochs(String table) {
            return stages.catalog
                    .rows("select count(*) || ' up to ' || max(epoch) from %s where partition = 0".formatted(table))
                    .getFirst();
        }

        private String epoch(String table) {
            return stages.catalog
                    .rows("select epoch from %s where partition = 0".formatted(table))
                    .getFirst();
        }
    }
}
