package io.spanlake.compactor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.PartFile;
import io.spanlake.catalog.parts.PartTimes;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.catalog.work.CompactionReason;
import io.spanlake.catalog.work.Erasure;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.storage.part.PartSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JobPlannerTest {
    private static final ObjectRef OBJECT = new ObjectRef(ObjectType.PROJECT_LOGS, "p");
    private static final long MIB = 1 << 20;
    private static final PlanLimits LIMITS = new PlanLimits(1_000, 64 * MIB, 100 * MIB, 10_000, 3, 0.2);
    /** Nothing before it is still to come. */
    private static final int CLOSED = 500;

    private static final int DAY = 86_400;

    private static TransactionId at(int second) {
        return TransactionId.of(1_770_000_000L + second, 0);
    }

    private static LivePart part(int id, int level, long rawBytes, int dead) {
        return part(
                id,
                level,
                rawBytes,
                dead,
                new PartTimes(at(id), at(id + 1), at(id + 2), Optional.empty(), Optional.empty()));
    }

    private static LivePart part(int id, int level, long rawBytes, int dead, PartTimes times) {
        var file = new PartFile(
                "orgs/o/parts/%d.part".formatted(id),
                100,
                10,
                1,
                new UUID(0, 1),
                level,
                Optional.empty(),
                100,
                rawBytes,
                0,
                times);
        var vector = dead == 0
                ? Optional.<DeletionVector>empty()
                : Optional.of(new DeletionVector("orgs/o/parts/%d.dv-1".formatted(id), 10, dead, 0));
        return new LivePart(id, file, 1, dead == 0 ? 0 : 1, vector, Optional.empty());
    }

    private static LiveSection section(int id, int rows, boolean carried) {
        var stamp = new Stamp(at(id), 0);
        var section =
                new ProcessedSection(new UUID(0, id), OBJECT, 0, 1, id, id + 1, rows, rows, rows, 0, stamp, stamp);
        return new LiveSection(id, "orgs/o/processed/%d.rows".formatted(id), 100, 10, section, carried, Instant.EPOCH);
    }

    private static ObjectSnapshot snapshot(List<LiveSection> sections, List<LivePart> parts) {
        return new ObjectSnapshot(
                OBJECT,
                1,
                7,
                true,
                Map.of(),
                Map.of(),
                List.of(),
                sections,
                parts,
                List.of(),
                List.of(),
                at(CLOSED),
                at(CLOSED));
    }

    private static Optional<Job> next(ObjectSnapshot snapshot, CompactionReason reason) {
        return JobPlanner.next(snapshot, reason, LIMITS, Optional.empty(), List.of());
    }

    @Test
    void whatIsExpiredAsAWholeGoesBeforeAnythingIsWrittenAnew() {
        var old = part(1, 0, MIB, 0);
        var snapshot = snapshot(List.of(section(100, 10, false)), List.of(old, part(50, 0, MIB, 0)));

        assertThat(JobPlanner.next(snapshot, CompactionReason.MERGE, LIMITS, Optional.of(at(40)), List.of()))
                .contains(new Job.ExpireParts(List.of(old)));
    }

    @Test
    void aPartOfWhichSomeRowsAreExpiredForADayIsWrittenAnewTheOldestFirst() {
        var younger = spread(5, 0);
        var oldest = spread(2, PartSpec.STRETCH_LEVEL);
        var snapshot = snapshot(List.of(section(1, 10, false)), List.of(younger, oldest));

        assertThat(retained(snapshot, 2 + DAY)).isEmpty();
        assertThat(retained(snapshot, 3 + DAY)).contains(new Job.RewriteParts(List.of(oldest)));
        assertThat(retained(snapshot, 9 + DAY)).contains(new Job.RewriteParts(List.of(oldest)));
    }

    private static Optional<Job> retained(ObjectSnapshot snapshot, int second) {
        return JobPlanner.next(snapshot, CompactionReason.RETENTION, LIMITS, Optional.of(at(second)), List.of());
    }

    /** Rows of two days. */
    private static LivePart spread(int id, int level) {
        return part(
                id,
                level,
                MIB,
                0,
                new PartTimes(at(id), at(id + 2 * DAY), at(id + 2 * DAY), Optional.empty(), Optional.empty()));
    }

    @Nested
    class OfATail {
        @Test
        void theOldestSectionsAreTakenUntilTheJobIsFull() {
            var sections = List.of(section(3, 600, false), section(1, 600, false), section(2, 300, false));

            assertThat(next(snapshot(sections, List.of()), CompactionReason.TAIL))
                    .contains(new Job.IndexTail(List.of(sections.get(1), sections.get(2)), List.of(), List.of()));
        }

        @Test
        void aSectionThatIsLargerThanAJobIsOne() {
            var large = section(1, 5_000, false);

            assertThat(next(snapshot(List.of(large), List.of()), CompactionReason.TAIL))
                    .contains(new Job.IndexTail(List.of(large), List.of(), List.of()));
        }

        @Test
        void whatWasCarriedWaitsUntilNothingOlderCanCome() {
            var waiting = section(CLOSED + 1, 5, true);
            var settled = section(CLOSED - 1, 5, true);

            assertThat(next(snapshot(List.of(waiting), List.of()), CompactionReason.CARRIED))
                    .isEmpty();
            assertThat(next(snapshot(List.of(settled), List.of()), CompactionReason.CARRIED))
                    .contains(new Job.IndexTail(List.of(settled), List.of(), List.of()));
        }
    }

    @Nested
    class OfRowsToBeForgotten {
        private static Optional<Job> job(List<LiveSection> sections, Erasure row) {
            return JobPlanner.next(
                    snapshot(sections, List.of()), CompactionReason.FORGET, LIMITS, Optional.empty(), List.of(row));
        }

        private static Erasure asked(int second) {
            return new Erasure(1, "row", at(second).time());
        }

        @Test
        void theyWaitForWhatMayNotBeProcessed() {
            var row = asked(CLOSED + 20);

            assertThat(job(List.of(), row)).contains(new Job.IndexTail(List.of(), List.of(row), List.of(row)));
            assertThat(job(List.of(), asked(CLOSED + 25))).isEmpty();
        }

        @Test
        void theyAreForgottenWhereWhatIsLeftCameLater() {
            var row = asked(10);
            var old = section(1, 600, false);
            var young = section(11, 600, false);
            var later = section(700, 600, false);

            assertThat(job(List.of(old, young), row))
                    .contains(new Job.IndexTail(List.of(old), List.of(row), List.of()));
            assertThat(job(List.of(old, later), row))
                    .contains(new Job.IndexTail(List.of(old), List.of(row), List.of(row)));
        }
    }

    @Nested
    class OfDeadRows {
        private final LivePart few = part(1, 0, MIB, 10);
        private final LivePart many = part(2, 0, MIB, 60);

        @Test
        void anErasureTakesThePartWhoseDateComesFirst() {
            var first = dated(few, 10);
            var second = dated(many, 20);

            assertThat(next(snapshot(List.of(), List.of(second, first)), CompactionReason.ERASE))
                    .contains(new Job.RewriteParts(List.of(first)));
            assertThat(next(snapshot(List.of(), List.of(few, second)), CompactionReason.ERASE))
                    .contains(new Job.RewriteParts(List.of(second)));
            assertThat(next(snapshot(List.of(), List.of(few, many)), CompactionReason.ERASE))
                    .isEmpty();
        }

        private static LivePart dated(LivePart part, int second) {
            return new LivePart(
                    part.id(),
                    part.file(),
                    part.version(),
                    part.dvVersion(),
                    part.dead(),
                    Optional.of(at(second).time()));
        }

        /** Else an object that is deleted from all the time would have the more parts, the longer it lives. */
        @Test
        void aPartThatHasToBeWrittenAnewIsMergedWithThoseOfItsLevelThatWaitForIt() {
            var erased = dated(part(3, 0, MIB, 1), 10);
            var otherLevel = part(4, 1, MIB, 0);
            var large = part(5, 0, 60 * MIB, 0);

            assertThat(next(snapshot(List.of(), List.of(many, few, otherLevel, large, erased)), CompactionReason.ERASE))
                    .contains(new Job.RewriteParts(List.of(erased, few, many)));
            assertThat(next(snapshot(List.of(), List.of(few, otherLevel, large, erased)), CompactionReason.ERASE))
                    .contains(new Job.RewriteParts(List.of(erased)));
            assertThat(next(snapshot(List.of(), List.of(few, erased, many)), CompactionReason.DEAD_ROWS))
                    .contains(new Job.RewriteParts(List.of(many, few, erased)));
        }

        @Test
        void aLargePartIsWrittenAnewByItself() {
            var large = dated(part(3, 0, 60 * MIB, 1), 10);

            assertThat(next(snapshot(List.of(), List.of(few, many, large)), CompactionReason.ERASE))
                    .contains(new Job.RewriteParts(List.of(large)));
        }

        @Test
        void otherwiseAPartIsWrittenAnewFromAFifthOn() {
            assertThat(next(snapshot(List.of(), List.of(few, many)), CompactionReason.DEAD_ROWS))
                    .contains(new Job.RewriteParts(List.of(many)));
            assertThat(next(snapshot(List.of(), List.of(few)), CompactionReason.DEAD_ROWS))
                    .isEmpty();
        }
    }

    @Nested
    class OfMerges {
        private List<LivePart> parts(int count, int level, long rawBytes) {
            return IntStream.range(0, count)
                    .mapToObj(i -> part(100 * level + i, level, rawBytes))
                    .toList();
        }

        private LivePart part(int id, int level, long rawBytes) {
            return JobPlannerTest.part(id, level, rawBytes, 0);
        }

        @Test
        void enoughPartsOfOneLevelBecomeOne() {
            assertThat(next(snapshot(List.of(), parts(2, 0, MIB)), CompactionReason.MERGE))
                    .isEmpty();
            assertThat(next(snapshot(List.of(), parts(3, 0, MIB)), CompactionReason.MERGE))
                    .contains(new Job.RewriteParts(parts(3, 0, MIB)));
        }

        @Test
        void theOldestAreTakenAndNoMoreThanMakeAWholePart() {
            var parts = parts(4, 0, 40 * MIB);

            assertThat(next(snapshot(List.of(), parts.reversed()), CompactionReason.MERGE))
                    .contains(new Job.RewriteParts(parts.subList(0, 2)));
        }

        @Test
        void partsThatAreLargeOrStretchesOfATraceAreLeft() {
            assertThat(next(snapshot(List.of(), parts(5, 0, 60 * MIB)), CompactionReason.MERGE))
                    .isEmpty();
            assertThat(next(snapshot(List.of(), parts(5, PartSpec.STRETCH_LEVEL, MIB)), CompactionReason.MERGE))
                    .isEmpty();
        }
    }
}
