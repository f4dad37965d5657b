package io.spanlake.catalog.work;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.ORGANIZATION;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.PROJECT;
import static io.spanlake.catalog.Stages.dead;
import static io.spanlake.catalog.Stages.part;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.model.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompactionWorkTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofDays(100);
    /** A section of {@link Stages} has 500 raw bytes. */
    private static final CompactionLimits LIMITS =
            limits(NEVER, NEVER, new CompactionLimits.Merges(3, 64, 1_000_000, 1_000));

    Stages stages;
    PostgresCompactionWork work;

    @BeforeAll
    void open() {
        stages = new Stages();
        work = new PostgresCompactionWork(stages.catalog.database);
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @BeforeEach
    void onePartition() {
        stages.begin(1);
    }

    private void grow(ObjectRef object, long first) {
        stages.flush(object, 0, first, first + 10, 7);
        stages.cut(object, 0, first, first + 10, 7);
    }

    private List<CompactionLease> next(CompactionLimits limits) {
        return Stream.of(CompactionLane.values())
                .flatMap(lane -> await(work.next(lane, "me", limits, LEASE, 10)).stream())
                .toList();
    }

    private CompactionReason reasonOf(CompactionLimits limits) {
        var leases = next(limits);
        assertThat(leases).hasSize(1);
        return leases.getFirst().reason();
    }

    private static CompactionLimits aged(Duration tail, Duration carried) {
        return limits(tail, carried, LIMITS.merges());
    }

    private static CompactionLimits limits(Duration tail, Duration carried, CompactionLimits.Merges merges) {
        return new CompactionLimits(1_000, 1_400, tail, carried, 0.2, Duration.ofMinutes(10), merges);
    }

    @Test
    void nothingIsDueWhereNothingIs() {
        grow(OBJECT, 0);

        assertThat(next(LIMITS)).isEmpty();
    }

    @Test
    void aSegmentWhoseTailIsLargeIsDue() {
        grow(OBJECT, 0);
        grow(OBJECT, 10);

        assertThat(next(LIMITS)).singleElement().satisfies(lease -> {
            assertThat(lease.object()).isEqualTo(OBJECT);
            assertThat(lease.organization()).isEqualTo(ORGANIZATION);
            assertThat(lease.reason()).isEqualTo(CompactionReason.TAIL);
        });
    }

    @Test
    void anOldTailIsDueHoweverSmall() {
        grow(OBJECT, 0);

        assertThat(reasonOf(aged(Duration.ZERO, NEVER))).isEqualTo(CompactionReason.TAIL);
    }

    @Test
    void sectionsOfTheTailAreCountedByAge() {
        grow(OBJECT, 0);
        grow(OTHER, 10);
        stages.catalog.server.execute(
                "update processed_sections set committed_at = now() - interval '1 hour' where object_id = '%s'"
                        .formatted(OBJECT.id()));

        assertThat(await(work.tailSections(Duration.ZERO))).isEqualTo(2);
        assertThat(await(work.tailSections(Duration.ofMinutes(5)))).isEqualTo(1);
        assertThat(await(work.tailSections(NEVER))).isZero();
    }

    @Test
    void whatWasCarriedIsDueByItsOwnAge() {
        grow(OBJECT, 0);
        await(stages.swaps.swap(SwapDraft.on(stages.snapshot(OBJECT))
                .takeAllSections()
                .carry(processedBlob(section(OBJECT, 0, 0, 10, 7)))
                .swap()));

        assertThat(next(aged(Duration.ZERO, NEVER))).isEmpty();
        assertThat(reasonOf(aged(NEVER, Duration.ZERO))).isEqualTo(CompactionReason.CARRIED);
    }

    @Test
    void aPartWithManyDeadRowsIsDueAndOneWithRowsToEraseIsMoreUrgent() {
        var planned = stages.publishPart(OBJECT, 0, 0, 10, 70);
        kill(planned.parts().getFirst().id(), 0, 3, 3, Optional.empty());
        var lease = next(LIMITS).getFirst();
        assertThat(lease.reason()).isEqualTo(CompactionReason.DEAD_ROWS);
        work.done(lease, Duration.ZERO).block();

        kill(planned.parts().getFirst().id(), 1, 4, 1, Optional.of(Instant.now().plusSeconds(60)));
        assertThat(reasonOf(LIMITS)).isEqualTo(CompactionReason.ERASE);
    }

    private void kill(long part, int from, long rows, long killed, Optional<Instant> eraseBy) {
        await(stages.swaps.swap(SwapDraft.on(stages.snapshot(OBJECT))
                .kill(new Deaths(part, from, dead(rows, rows), killed, killed, eraseBy))
                .swap()));
    }

    @Test
    void rowsThatAreOlderThanTheirProjectKeepsThemAreDue() {
        stages.publishPart(OBJECT, 0, 0, 10, 70);
        var retentions = new PostgresRetentions(stages.catalog.database);
        retentions.set(PROJECT, Optional.of(Duration.ofDays(36_500))).block();
        assertThat(next(LIMITS)).isEmpty();

        retentions.set(PROJECT, Optional.of(Duration.ofSeconds(1))).block();

        assertThat(await(retentions.of(PROJECT))).contains(Duration.ofSeconds(1));
        assertThat(await(retentions.all())).containsOnlyKeys(PROJECT);
        assertThat(reasonOf(LIMITS)).isEqualTo(CompactionReason.RETENTION);
        retentions.set(PROJECT, Optional.empty()).block();
        assertThat(await(retentions.of(PROJECT))).isEmpty();
    }

    @Test
    void manyPartsOfOneLevelAreDueToBeMerged() {
        publishParts(3);

        assertThat(reasonOf(LIMITS)).isEqualTo(CompactionReason.MERGE);
    }

    /** Each has 10 rows and 9,000 raw bytes, and is of level 0. */
    @Test
    void partsThatNoMergeTakesMakeNothingDue() {
        publishParts(3);

        assertThat(next(merging(4, 64, 1_000_000, 1_000))).isEmpty();
        assertThat(next(merging(3, 0, 1_000_000, 1_000))).isEmpty();
        assertThat(next(merging(3, 64, 9_000, 1_000))).isEmpty();
        assertThat(next(merging(3, 64, 1_000_000, 10))).isEmpty();
        assertThat(next(merging(3, 1, 9_001, 11))).hasSize(1);
    }

    private void publishParts(int parts) {
        for (long part = 0; part < parts; part++) {
            stages.publishPart(OBJECT, 0, part * 10, part * 10 + 10, 7);
        }
    }

    private static CompactionLimits merging(int parts, int belowLevel, long belowRawBytes, long belowRows) {
        return limits(NEVER, NEVER, new CompactionLimits.Merges(parts, belowLevel, belowRawBytes, belowRows));
    }

    @Nested
    class Leases {
        @BeforeEach
        void twoObjectsAreDue() {
            grow(OBJECT, 0);
            grow(OBJECT, 10);
            grow(OTHER, 20);
            grow(OTHER, 30);
        }

        @Test
        void anObjectIsHandedOutOnceAtATime() {
            var first = await(work.next(CompactionLane.TAIL, "a", LIMITS, LEASE, 1));
            var second = await(work.next(CompactionLane.TAIL, "b", LIMITS, LEASE, 10));

            assertThat(first).hasSize(1);
            assertThat(second).hasSize(1);
            assertThat(first.getFirst().object()).isNotEqualTo(second.getFirst().object());
            assertThat(next(LIMITS)).isEmpty();
        }

        @Test
        void manyWhoAskAtOnceGetEachObjectOnce() {
            var all = Flux.range(0, 8)
                    .flatMap(asker -> work.next(CompactionLane.TAIL, "w" + asker, LIMITS, LEASE, 1))
                    .flatMapIterable(leases -> leases)
                    .map(CompactionLease::object)
                    .collectList();

            assertThat(await(all)).doesNotHaveDuplicates();
        }

        @Test
        void aLeaseThatRanOutIsHandedOutAgainAndItsOldHolderIsIgnored() {
            var old = await(work.next(CompactionLane.TAIL, "a", LIMITS, Duration.ZERO, 10));
            var taken = next(LIMITS);
            assertThat(taken).hasSameSizeAs(old);

            work.done(old.getFirst(), Duration.ZERO).block();
            assertThat(work.renew(old.getFirst(), LEASE).blockOptional()).isEmpty();

            assertThat(next(LIMITS)).isEmpty();
        }

        @Test
        void aLeaseIsProlongedAndRestsAfterwards() {
            var lease = next(LIMITS).getFirst();

            assertThat(await(work.renew(lease, Duration.ofHours(1))).until()).isAfter(lease.until());
            work.done(lease, Duration.ofHours(1)).block();
            assertThat(next(LIMITS)).isEmpty();
            work.done(lease, Duration.ZERO).block();

            assertThat(next(LIMITS)).extracting(CompactionLease::object).containsExactly(lease.object());
        }
    }
}
