package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.at;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.CatalogFixture.range;
import static io.spanlake.catalog.CatalogFixture.walObject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.spanlake.catalog.overview.PostgresOverview;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.catalog.parts.PostgresSwaps;
import io.spanlake.catalog.parts.SwapOutcome;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.PostgresProcessedCommits;
import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.catalog.work.PostgresCompactionWork;
import io.spanlake.catalog.work.PostgresErasures;
import io.spanlake.catalog.work.PostgresRetentions;
import io.spanlake.catalog.work.PostgresSweeps;
import io.spanlake.catalog.work.RetiredBlob;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

/** Each kind of process does its work under the role that {@code roles.sql} gives it, and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
    CatalogFixture catalog;
    final List<CatalogDatabase> open = new ArrayList<>();

    @BeforeAll
    void prepareRoles() throws IOException {
        catalog = new CatalogFixture();
        try (var script = Objects.requireNonNull(CatalogMigrations.class.getResourceAsStream("/db/roles.sql"))) {
            String roles = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            catalog.server.execute(roles, roles);
        }
    }

    @AfterAll
    void close() {
        open.forEach(CatalogDatabase::close);
        catalog.close();
    }

    @Test
    void theStreamerMovesPositionsAndSeesNoKeys() {
        var database = as("streamer");
        var commits = new PostgresWalCommits(database);

        var mine = await(commits.claim(List.of(0), "a"));
        var object = walObject(OBJECT, 0);
        var ranges = List.of(range(at(mine, 0), 10));
        assertThat(await(commits.commit(ranges, List.of(object))).committed()).containsExactly(0);
        assertThat(await(commits.commit(ranges, List.of(object))).committed()).containsExactly(0);
        commits.readToEnd(Map.of(0, 1L), NOON).block(WAIT);
        commits.stop(0, 1, "cut off").block(WAIT);

        refused(new PostgresDirectory(database, new Random(1)).findKey(new byte[32]));
        refused(commits.repair(0, 20, "retention"));
        refused(database.run("delete from wal_sections", statement -> {}));

        assertThat(await(new PostgresWalCommits(as("repair")).repair(0, 20, "retention"))
                        .next())
                .isEqualTo(20);
    }

    @Test
    void theProcessorCutsAndTakesNothingOut() {
        try (var stages = new Stages(catalog)) {
            stages.begin(1);
            stages.flush(OBJECT, 0, 0, 10, 77);
        }
        var database = as("processor");
        var commits = new PostgresProcessedCommits(database);

        await(commits.claim(List.of(0), "p"));
        var pending = await(commits.sectionsAfter(0, new LogOffset(1, 0), 5));
        assertThat(pending.sections()).hasSize(1);
        var range = new CutRange(0, 1, 0, 10, 2, new Balance(77, 77, 0, 0));
        var cuts = new Cuts(
                List.of(range),
                List.of(Stages.processedBlob(Stages.section(OBJECT, 0, 0, 10, 77))),
                List.of(),
                Set.of(Stages.SEGMENT));
        assertThat(await(commits.commit(cuts)).committed()).containsExactly(0);
        assertThat(await(commits.commit(cuts)).committed()).containsExactly(0);

        refused(new PostgresWalCommits(database).claim(List.of(9), "processor"));
        refused(database.run("delete from processed_sections", statement -> {}));
        refused(new PostgresDirectory(database, new Random(1)).findKey(new byte[32]));
    }

    @Test
    void theCompactorSwapsAndSweepsAndSeesNoKeys() {
        try (var stages = new Stages(catalog)) {
            stages.begin(1);
            stages.flush(OBJECT, 0, 0, 10, 77);
            stages.cut(OBJECT, 0, 0, 10, 77);
        }
        var database = as("compactor");
        var sweeps = new PostgresSweeps(database);
        var merges = new CompactionLimits.Merges(9, 9, 1, 1);
        var limits = new CompactionLimits(1, 1, Duration.ZERO, Duration.ZERO, 0.2, Duration.ZERO, merges);

        var lease = await(new PostgresCompactionWork(database)
                        .next(CompactionLane.TAIL, "k", limits, Duration.ofMinutes(1), 5))
                .getFirst();
        var planned = await(new PostgresObjectSnapshots(database).snapshot(lease.object(), KnownObject.NOTHING));
        var swap =
                SwapDraft.on(planned).takeAllSections().put(Stages.part(10, 77)).swap();
        assertThat(await(new PostgresSwaps(database).swap(swap))).isEqualTo(new SwapOutcome.Published(1));
        assertThat(await(new PostgresSwaps(database).swap(swap))).isEqualTo(new SwapOutcome.Published(1));
        assertThat(await(sweeps.retireLog(OBJECT))).isEqualTo(1);
        sweeps.swept(await(sweeps.due(Duration.ZERO, 10)).stream()
                        .map(RetiredBlob::name)
                        .toList())
                .block(WAIT);
        assertThat(await(sweeps.doom(List.of("orgs/stray")))).containsExactly("orgs/stray");
        assertThat(await(new PostgresRetentions(database).all())).isEmpty();
        var wishes = new PostgresErasures(as("wisher", "control"));
        wishes.ask(OBJECT, List.of("r")).block(WAIT);
        wishes.ask(OBJECT, List.of("r", "r")).block(WAIT);
        var erasures = new PostgresErasures(database);
        erasures.done(await(erasures.open(OBJECT))).block(WAIT);
        assertThat(await(erasures.open(OBJECT))).isEmpty();

        refused(new PostgresDirectory(database, new Random(1)).findKey(new byte[32]));
        refused(new PostgresProcessedCommits(database).claim(List.of(9), "compactor"));
    }

    @Test
    void theGatewayChecksKeysAndWidensButWritesNoLog() {
        var database = as("gateway");
        var directory = new PostgresDirectory(database, new Random(1));
        var organization = await(new PostgresDirectory(catalog.database, new Random(1)).registerOrganization("acme"));

        assertThat(await(directory.findKey(new byte[32]))).isEmpty();
        var project = await(directory.registerProject(organization, "by name"));
        var logs = new ObjectRef(ObjectType.PROJECT_LOGS, project.id().toString());
        assertThat(await(directory.ownerOf(logs))).isPresent();
        assertThat(await(new PostgresObjectWidths(database).widen(logs, 2))).isEqualTo(2);
        assertThat(await(new PostgresObjectWidths(database).all())).containsEntry(logs, 2);
        var slots = new PostgresIdSlots(database);
        slots.release(await(slots.renew(await(slots.claim("g", Duration.ofMinutes(1))), Duration.ofMinutes(2))))
                .block(WAIT);

        refused(directory.registerKey(organization, "own", new byte[32]));
        refused(new PostgresWalCommits(database).claim(List.of(9), "gateway"));
        refused(new PostgresWalSnapshots(database).positions());
    }

    @Test
    void theReaderOnlyReads() {
        var database = as("reader");
        var directory = new PostgresDirectory(database, new Random(1));

        assertThat(await(new PostgresWalSnapshots(database).snapshot(OBJECT, Map.of())))
                .isNotNull();
        assertThat(await(directory.findKey(new byte[32]))).isEmpty();

        assertThat(await(new PostgresObjectSnapshots(database).snapshot(OBJECT, KnownObject.NOTHING)))
                .isNotNull();

        refused(new PostgresObjectWidths(database).widen(OBJECT, 2));
        refused(directory.registerOrganization("reader's own"));
        refused(new PostgresWalCommits(database).claim(List.of(9), "reader"));
    }

    @Test
    void theStatusCountsAndSeesNoNames() {
        var database = as("status");

        assertThat(await(new PostgresOverview(database).now())).isNotNull();

        refused(new PostgresDirectory(database, new Random(1)).findKey(new byte[32]));
        refused(database.run("select name from projects", statement -> {}));
        refused(new PostgresWalCommits(database).claim(List.of(9), "status"));
        refused(database.run("delete from blobs", statement -> {}));
        assertThat(await(new PostgresOverview(as("compactor_status", "compactor")).now()))
                .as("of which the compactor tells its meters")
                .isNotNull();
    }

    @Test
    void theControlPlaneKeepsTheDirectoryAndSeesNoLog() {
        var database = as("control");
        var directory = new PostgresDirectory(database, new Random(2));

        var organization = await(directory.registerOrganization("control"));
        var hash = new byte[32];
        hash[0] = 1;
        directory.registerKey(organization, "k", hash).block(WAIT);
        directory.registerKey(organization, "k2", hash).block(WAIT);
        assertThat(await(directory.findKey(hash))).isPresent();
        directory.revokeKey(hash).block(WAIT);
        var project = await(directory.registerProject(organization, "p"));
        var one = await(directory.registerObject(project, ObjectType.EXPERIMENT, "e", true));
        var two = await(directory.registerObject(project, ObjectType.EXPERIMENT, "e", true));
        var retentions = new PostgresRetentions(database);
        retentions.set(project.id(), Optional.of(Duration.ofDays(1))).block(WAIT);
        retentions.set(project.id(), Optional.empty()).block(WAIT);
        directory.setBase(two.ref(), one.ref()).block(WAIT);
        assertThat(await(directory.baseOf(two.ref()))).isPresent();

        refused(new PostgresWalSnapshots(database).positions());
        refused(database.run("update projects set organization = organization", statement -> {}));
    }

    private CatalogDatabase as(String role) {
        return as(role, role);
    }

    private CatalogDatabase as(String name, String role) {
        String login = "test_" + name;
        catalog.server.execute("create role %s login password 'secret' in role spanlake_%s".formatted(login, role));
        var server = catalog.server;
        var database = CatalogDatabase.open(
                CatalogSettings.of(server.host(), server.port(), server.name(), login, "secret"), new Random(1));
        open.add(database);
        return database;
    }

    private static void refused(Mono<?> work) {
        assertThatThrownBy(() -> work.block(WAIT)).isInstanceOf(R2dbcPermissionDeniedException.class);
    }
}
