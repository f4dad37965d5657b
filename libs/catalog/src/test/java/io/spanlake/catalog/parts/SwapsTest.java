package io.spanlake.catalog.parts;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.dead;
import static io.spanlake.catalog.Stages.file;
import static io.spanlake.catalog.Stages.part;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.BlobDoomedException;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.catalog.UnbalancedException;
import io.spanlake.catalog.parts.SwapOutcome.Outdated;
import io.spanlake.catalog.parts.SwapOutcome.Published;
import io.spanlake.catalog.processed.Cuts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwapsTest {
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

    private SwapOutcome swap(SwapDraft draft) {
        return await(stages.swaps.swap(draft.swap()));
    }

    private ObjectSnapshot tail(long sum) {
        stages.flush(OBJECT, 0, 0, 10, sum);
        stages.cut(OBJECT, 0, 0, 10, sum);
        return stages.snapshot(OBJECT);
    }

    @Test
    void aTailBecomesAPart() {
        var planned = tail(77);
        var processed = planned.sections().getFirst().blobName();
        var output = NewPart.of(file(10, 77));
        var draft = SwapDraft.on(planned).takeAllSections().put(output);

        assertThat(swap(draft)).isEqualTo(new Published(1));

        var after = stages.snapshot(OBJECT);
        assertThat(after.sections()).isEmpty();
        assertThat(after.parts()).singleElement().satisfies(live -> {
            assertThat(live.file()).isEqualTo(output.file());
            assertThat(live.version()).isEqualTo(1);
            assertThat(live.dead()).isEmpty();
        });
        assertThat(stages.blobs("retired")).containsExactly(processed);
        assertThat(stages.blobs("live"))
                .contains(
                        output.file().name(),
                        output.file().orcName(),
                        draft.swap().checkpoint().name());
        assertThat(stages.catalog.rows("select partition, floor_offset from object_floors order by 1"))
                .containsExactly("0 10", "1 0");
    }

    @Test
    void aBlobWithSectionsOfTwoObjectsIsRetiredWithTheLastOfThem() {
        stages.flush(OBJECT, 0, 0, 10, 70);
        stages.flush(OTHER, 0, 10, 20, 7);
        var blob = processedBlob(section(OBJECT, 0, 0, 20, 70), section(OTHER, 0, 0, 20, 7));
        await(stages.processed.commit(Cuts.of(List.of(Stages.range(0, 0, 20, 77)), List.of(blob))));

        swap(SwapDraft.on(stages.snapshot(OBJECT)).takeAllSections().put(part(10, 70)));
        assertThat(stages.blobs("retired")).isEmpty();
        assertThat(stages.snapshot(OTHER).sections()).hasSize(1);

        swap(SwapDraft.on(stages.snapshot(OTHER)).takeAllSections().put(part(10, 7)));
        assertThat(stages.blobs("retired")).containsExactly(blob.name());
    }

    @Test
    void whatStaysInTheTailIsCarried() {
        var planned = tail(77);
        var carried = processedBlob(section(OBJECT, 0, 0, 10, 7));

        swap(SwapDraft.on(planned).takeAllSections().put(part(9, 70)).carry(carried));

        var after = stages.snapshot(OBJECT);
        assertThat(after.sections()).singleElement().satisfies(section -> {
            assertThat(section.carried()).isTrue();
            assertThat(section.blobName()).isEqualTo(carried.name());
        });
        swap(SwapDraft.on(after).takeAllSections());
        assertThat(stages.blobs("retired")).contains(carried.name());
    }

    @Test
    void partsAreMergedWithTheRowsThatLive() {
        stages.publishPart(OBJECT, 0, 0, 10, 70);
        var two = stages.publishPart(OBJECT, 0, 10, 20, 7);
        var first = two.parts().getFirst();
        swap(SwapDraft.on(two)
                .kill(new Deaths(first.id(), 0, dead(2, 20), 2, 20, Optional.empty()))
                .put(part(2, 20)));
        var three = stages.snapshot(OBJECT);
        var old = three.parts().getFirst();
        assertThat(old.liveRows()).isEqualTo(8);
        assertThat(old.dvVersion()).isEqualTo(1);

        var merge = SwapDraft.on(three);
        three.parts().forEach(merge::take);
        assertThat(swap(merge.put(part(20, 77)))).isEqualTo(new Published(4));

        assertThat(stages.snapshot(OBJECT).parts()).hasSize(1);
        assertThat(stages.blobs("retired"))
                .contains(
                        old.file().name(),
                        old.file().orcName(),
                        old.dead().orElseThrow().name());
    }

    @Test
    void aReceiptSaysWhatWasErasedAndWhenItsBytesWereGone() {
        var planned = stages.publishPart(OBJECT, 0, 0, 10, 70);
        var receipt = new Receipt(Stages.name("receipts"), 100, 3, NOON, NOON.plusSeconds(60));

        swap(SwapDraft.on(planned)
                .take(planned.parts().getFirst())
                .put(part(7, 60))
                .receipt(receipt));

        assertThat(stages.catalog.rows("select rows, gone_at is null from receipts"))
                .containsExactly("3 t");
        var retired = await(stages.sweeps.due(Duration.ZERO, 100)).stream()
                .map(blob -> blob.name())
                .toList();
        stages.sweeps.swept(retired).block();
        assertThat(stages.catalog.rows("select rows, gone_at is null from receipts"))
                .containsExactly("3 f");
    }

    @Nested
    class WhenTwoSwapTheSame {
        @Test
        void oneIsPublishedAndTheOtherOutdatedWithNothingListed() {
            var planned = tail(77);
            var mine = SwapDraft.on(planned).takeAllSections().put(part(10, 77));
            var theirs = SwapDraft.on(planned).takeAllSections().put(part(10, 77));

            assertThat(swap(mine)).isEqualTo(new Published(1));
            assertThat(swap(theirs)).isEqualTo(new Outdated(1));

            assertThat(stages.snapshot(OBJECT).parts()).hasSize(1);
            assertThat(stages.blobs("live"))
                    .doesNotContain(theirs.swap().outputs().getFirst().file().name());
        }

        @Test
        void aSwapWhoseInputDiedMeanwhileIsOutdatedThoughItsOtherInputsLive() {
            stages.publishPart(OBJECT, 0, 0, 10, 70);
            var planned = stages.publishPart(OBJECT, 0, 10, 20, 7);
            var one = planned.parts().getFirst();
            var merge = SwapDraft.on(planned);
            planned.parts().forEach(merge::take);

            swap(SwapDraft.on(planned).take(one).put(part(10, 70)));

            assertThat(swap(merge.put(part(20, 77)))).isEqualTo(new Outdated(3));
            assertThat(stages.snapshot(OBJECT).parts()).hasSize(2);
        }

        @Test
        void objectsDoNotDisturbEachOther() {
            var planned = tail(77);
            stages.publishPart(OTHER, 1, 0, 10, 5);

            assertThat(swap(SwapDraft.on(planned).takeAllSections().put(part(10, 77))))
                    .isEqualTo(new Published(1));
        }

        @Test
        void aRepeatedSwapSaysWhatTheFirstOneDidHoweverMuchWasPublishedSince() {
            var draft =
                    SwapDraft.on(tail(77)).takeAllSections().put(part(10, 77)).swap();
            await(stages.swaps.swap(draft));
            stages.publishPart(OBJECT, 0, 10, 20, 7);

            assertThat(await(stages.swaps.swap(draft))).isEqualTo(new Published(1));
            assertThat(stages.snapshot(OBJECT).parts()).hasSize(2);
        }
    }

    @Nested
    class WhenRowsDie {
        LivePart part;
        ObjectSnapshot planned;

        @BeforeEach
        void aPartOfTenRows() {
            planned = stages.publishPart(OBJECT, 0, 0, 10, 70);
            part = planned.parts().getFirst();
        }

        private Deaths deaths(int from, long rows, long sum, long killed, long killedSum) {
            return new Deaths(part.id(), from, dead(rows, sum), killed, killedSum, Optional.empty());
        }

        @Test
        void theDeletionVectorIsReplacedByOneMadeFromIt() {
            var first = deaths(0, 2, 20, 2, 20);
            swap(SwapDraft.on(planned).kill(first));
            swap(SwapDraft.on(stages.snapshot(OBJECT)).kill(deaths(1, 3, 25, 1, 5)));

            var now = stages.snapshot(OBJECT).parts().getFirst();
            assertThat(now.dvVersion()).isEqualTo(2);
            assertThat(now.liveRows()).isEqualTo(7);
            assertThat(now.liveStampSum()).isEqualTo(45);
            assertThat(stages.blobs("retired")).contains(first.dead().name());
        }

        @Test
        void oneThatWasNotMadeFromTheLastIsRefused() {
            swap(SwapDraft.on(planned).kill(deaths(0, 2, 20, 2, 20)));

            wrong(SwapDraft.on(stages.snapshot(OBJECT)).kill(deaths(0, 1, 5, 1, 5)), "old deletion vector");
        }

        @Test
        void killingWhatIsDeadIsRefused() {
            swap(SwapDraft.on(planned).kill(deaths(0, 2, 20, 2, 20)));

            // One of the two that are killed was dead: the vector has three, not four.
            wrong(SwapDraft.on(stages.snapshot(OBJECT)).kill(deaths(1, 3, 25, 2, 15)), "killing rows that are dead");
        }

        @Test
        void killingMoreRowsThanThereAreIsRefused() {
            wrong(SwapDraft.on(planned).kill(deaths(0, 11, 70, 11, 70)), "killing rows that are dead");
        }

        @Test
        void killingRowsOfAPartThatIsGoneIsRefused() {
            swap(SwapDraft.on(planned).take(part).put(part(10, 70)));

            wrong(SwapDraft.on(stages.snapshot(OBJECT)).kill(deaths(0, 1, 5, 1, 5)), "a part that is not live");
        }

        @Test
        void aRowThatDiedWhileThePartWasMergedIsDeadInTheOutput() {
            swap(SwapDraft.on(planned).kill(deaths(0, 1, 5, 1, 5)));
            var replanned = stages.snapshot(OBJECT);
            var output = new NewPart(file(10, 70), Optional.of(dead(1, 5)), Optional.empty());

            swap(SwapDraft.on(replanned).take(replanned.parts().getFirst()).put(output));

            var live = stages.snapshot(OBJECT).parts().getFirst();
            assertThat(live.dvVersion()).isEqualTo(1);
            assertThat(live.liveStampSum()).isEqualTo(65);
        }

        @Test
        void theDateOfItsBytesCountsWhereAnInputHadOne() {
            assertThat(yearOfDateAfter(Optional.empty())).as("none").isZero();
            assertThat(yearOfDateAfter(Optional.of(NOON))).isEqualTo(2100);
        }

        /** @param killed date of a row that died in the input */
        private long yearOfDateAfter(Optional<Instant> killed) {
            var before = stages.snapshot(OBJECT);
            var input = before.parts().getFirst();
            long dead = input.dead().map(DeletionVector::rows).orElse(0L);
            long sum = input.dead().map(DeletionVector::stampSum).orElse(0L);
            swap(SwapDraft.on(before)
                    .kill(new Deaths(input.id(), input.dvVersion(), dead(dead + 1, sum + 5), 1, 5, killed)));
            var replanned = stages.snapshot(OBJECT);
            var output = new NewPart(
                    file(10, 70), Optional.of(dead(1, 5)), Optional.of(Instant.parse("2100-01-01T00:00:00Z")));
            swap(SwapDraft.on(replanned).take(replanned.parts().getFirst()).put(output));
            return stages.catalog.server.number("select coalesce(extract(year from erase_by), 0)::int8 from parts");
        }
    }

    private void wrong(SwapDraft draft, String why) {
        long version = stages.snapshot(OBJECT).version();
        var before = stages.blobs("live");

        assertThatThrownBy(() -> swap(draft))
                .isInstanceOf(WrongSwapException.class)
                .hasMessageContaining(why);

        assertThat(stages.snapshot(OBJECT).version()).isEqualTo(version);
        assertThat(stages.blobs("live")).isEqualTo(before);
    }

    @Nested
    class WhenSomethingDoesNotAddUp {
        @Test
        void inputsThatHaveAnotherSumThanTheSwapSaysAreRefused() {
            var planned = tail(77);
            var draft = SwapDraft.on(planned)
                    .takeSection(planned.sections().getFirst().id(), 76)
                    .put(part(10, 76));

            assertThatThrownBy(() -> swap(draft)).isInstanceOf(UnbalancedException.class);
            assertThat(stages.snapshot(OBJECT).sections()).hasSize(1);
            assertThat(stages.snapshot(OBJECT).version()).isZero();
        }

        @Test
        void outputsThatHaveLessThanTheSwapSaysAreRefused() {
            var draft = SwapDraft.on(tail(77)).takeAllSections().put(part(10, 76));

            assertThatThrownBy(() -> stages.swaps.swap(draft.swap(new Balance(77, 77, 0, 0))))
                    .isInstanceOf(UnbalancedException.class);
        }

        @Test
        void anInputThatNeverWasIsNoRace() {
            var planned = tail(77);

            wrong(SwapDraft.on(planned).takeSection(4711, 5), "a processed section that is not live");
        }

        @Test
        void aSectionOfAnotherObjectIsNoInput() {
            var planned = tail(77);
            stages.flush(OTHER, 1, 0, 10, 5);
            stages.cut(OTHER, 1, 0, 10, 5);
            var theirs = stages.snapshot(OTHER).sections().getFirst();

            wrong(SwapDraft.on(planned).takeSection(theirs.id(), 5), "a processed section that is not live");
        }

        @Test
        void aFloorBeyondWhatIsProcessedIsRefused() {
            var planned = tail(77);
            var ahead = new NewCheckpoint(Stages.name("checkpoints"), 10, Map.of(0, new LogOffset(1, 11)));

            wrong(
                    SwapDraft.on(planned).takeAllSections().put(part(10, 77)).checkpoint(ahead),
                    "beyond what is processed");
        }
    }

    @Test
    void anOutputThatTheSweeperHasGivenUpIsNotPublished() {
        var draft = SwapDraft.on(tail(77)).takeAllSections().put(part(10, 77)).swap();
        var orphan = draft.outputs().getFirst().file().orcName();
        await(stages.sweeps.doom(List.of(orphan)));

        assertThatThrownBy(() -> await(stages.swaps.swap(draft)))
                .isInstanceOfSatisfying(
                        BlobDoomedException.class, e -> assertThat(e.names()).containsExactly(orphan));
        assertThat(stages.snapshot(OBJECT).sections()).hasSize(1);
    }

    @Test
    void eachSwapReplacesTheCheckpointBefore() {
        var first = SwapDraft.on(tail(77)).takeAllSections().put(part(10, 77)).swap();
        await(stages.swaps.swap(first));
        stages.publishPart(OBJECT, 0, 10, 20, 7);

        assertThat(stages.blobs("retired")).contains(first.checkpoint().name());
        assertThat(stages.catalog.rows("select checkpoint from published_objects where version = 2"))
                .hasSize(1);
    }
}
