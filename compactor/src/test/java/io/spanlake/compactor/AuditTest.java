package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogSettings;
import io.spanlake.catalog.PostgresDirectory;
import io.spanlake.catalog.parts.PostgresLoggedSections;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.catalog.work.PostgresErasures;
import io.spanlake.catalog.work.PostgresRetentions;
import io.spanlake.query.audit.Audited;
import io.spanlake.query.audit.Auditor;
import io.spanlake.query.audit.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Writes are followed from the log to where they live, and what was taken away or doubled behind the catalog's back is told. */
@Timeout(240)
class AuditTest {
    private final Scheduler threads = Schedulers.newBoundedElastic(4, 1_000, "audit");
    private CompactorKit kit;
    private CatalogDatabase catalog;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CompactorKit(folder);
        var database = kit.database;
        catalog = CatalogDatabase.open(
                CatalogSettings.of(
                        database.host(), database.port(), database.name(), database.user(), database.password()),
                new Random(1));
    }

    @AfterEach
    void close() {
        catalog.close();
        kit.close();
        threads.dispose();
    }

    private List<Audited> audit() {
        var auditor = new Auditor(
                new PostgresLoggedSections(catalog),
                new PostgresObjectSnapshots(catalog),
                new PostgresDirectory(catalog, new Random(1)),
                new PostgresRetentions(catalog),
                new PostgresErasures(catalog),
                kit.blobs,
                kit::now,
                new Random(1),
                threads,
                threads);
        return Objects.requireNonNull(auditor.audit(100).collectList().block());
    }

    private Map<Fate, Integer> fates() {
        var fates = new EnumMap<Fate, Integer>(Fate.class);
        audit().forEach(audited -> audited.fates().forEach((fate, writes) -> fates.merge(fate, writes, Integer::sum)));
        return fates;
    }

    private void append(String row) {
        kit.append(kit.full(row, "t", "{\"id\":\"%s\",\"root_span_id\":\"t\"}".formatted(row)));
    }

    /** In the log a, processed b and c, in a part d and e. */
    private void inEveryStage() {
        append("d");
        append("e");
        kit.cut();
        kit.compactor().compactOne();
        append("b");
        append("c");
        kit.cut();
        append("a");
    }

    @Test
    void eachWriteLivesInOneStage() {
        inEveryStage();

        assertThat(fates()).isEqualTo(Map.of(Fate.LOG, 1, Fate.PROCESSED, 2, Fate.PART, 2));
    }

    @Test
    void writesOfOneRowAreFollowedThroughItsFold() {
        append("a");
        kit.cut();
        kit.compactor().compactOne();
        kit.append(kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"output\":\"z\"}"));
        kit.cut();
        kit.expireLeases();
        kit.compactUntilIdle();
        append("a");

        assertThat(fates()).isEqualTo(Map.of(Fate.LOG, 1, Fate.PART, 2));
    }

    @Test
    void whatADeleteEndedIsExplainedByIt() {
        append("a");
        kit.cut();
        kit.compactor().compactOne();
        kit.append(kit.delete("a"));
        assertThat(fates()).as("the delete is in the log").isEqualTo(Map.of(Fate.LOG, 1, Fate.PART, 1));

        kit.cut();
        kit.closeEverything();
        kit.compactUntilIdle();
        kit.closeEverything();
        kit.compactUntilIdle();

        assertThat(kit.visible()).isEmpty();
        assertThat(fates()).isEqualTo(Map.of(Fate.DELETED, 2));
    }

    @Test
    void aRowThatIsTakenOutOfAPartIsLost() {
        inEveryStage();

        kit.killBehindTheCatalog("d");

        var audited = audit();
        assertThat(faults(audited)).singleElement().asString().startsWith("LOST: a write of transaction ");
        assertThat(audited.stream()
                        .mapToInt(one -> one.fates().getOrDefault(Fate.LOST, 0))
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void aProcessedSectionThatIsTakenOutLosesItsWrites() {
        inEveryStage();

        kit.database.execute("delete from processed_sections");

        assertThat(faults(audit())).hasSize(2).allMatch(fault -> fault.startsWith("LOST"));
    }

    @Test
    void whatStandsInTwoStagesIsDoubled() {
        inEveryStage();

        kit.database.execute(
                "insert into wal_section_objects (object_type, object_id, partition, incarnation, next_offset,"
                        + " first_offset, wal_object, writes) select p.object_type, p.object_id, s.partition,"
                        + " s.incarnation, s.next_offset, s.first_offset, s.wal_object, s.writes from wal_sections s cross"
                        + " join published_objects p on conflict do nothing",
                "update processed_positions set processed_offset = 0");

        assertThat(faults(audit())).hasSize(4).allMatch(fault -> fault.startsWith("DOUBLED"));
    }

    @Test
    void whatTheProjectKeepsNoLongerHasExpired() {
        inEveryStage();
        kit.keepFor(Duration.ofDays(1));
        kit.pass(Duration.ofDays(2));

        kit.killBehindTheCatalog("d");

        assertThat(fates()).containsEntry(Fate.EXPIRED, 1).doesNotContainKey(Fate.LOST);
    }

    @Test
    void whatIsNowhereUnderARetentionMayHaveGoneWithItsRow() {
        inEveryStage();
        kit.keepFor(Duration.ofDays(10));

        kit.killBehindTheCatalog("d");

        assertThat(fates()).containsEntry(Fate.UNEXPLAINED, 1).doesNotContainKey(Fate.LOST);
    }

    @Test
    void aRowThatIsThereAgainRemembersTheDeleteBetween() {
        append("a");
        kit.cut();
        kit.compactor().compactOne();
        kit.append(kit.delete("a"));
        append("a");
        kit.cut();
        kit.expireLeases();
        kit.compactUntilIdle();

        assertThat(kit.visible()).hasSize(1);
        assertThat(fates()).doesNotContainKeys(Fate.LOST, Fate.UNEXPLAINED);
    }

    private static List<String> faults(List<Audited> audited) {
        return audited.stream().flatMap(one -> one.faults().stream()).toList();
    }
}
