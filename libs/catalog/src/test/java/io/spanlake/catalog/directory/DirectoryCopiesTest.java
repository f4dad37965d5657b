package io.spanlake.catalog.directory;

import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.CatalogFixture;
import io.spanlake.catalog.PostgresDirectory;
import io.spanlake.catalog.work.PostgresRetentions;
import io.spanlake.model.ObjectType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectoryCopiesTest {
    private static byte[] hash(int first) {
        var hash = new byte[32];
        hash[0] = (byte) first;
        return hash;
    }

    @Test
    void aCopyMakesTheSameDirectoryInAnotherDatabase() {
        try (var lost = new CatalogFixture();
                var found = new CatalogFixture()) {
            var directory = new PostgresDirectory(lost.database, new Random(1));
            var organization = await(directory.registerOrganization("Ünit \"one\""));
            var project = await(directory.registerProject(organization, "p"));
            await(directory.registerProject(organization, "q"));
            var base = await(directory.registerObject(project, ObjectType.EXPERIMENT, "e", true));
            var experiment = await(directory.registerObject(project, ObjectType.EXPERIMENT, "e", true));
            directory.setBase(experiment.ref(), base.ref()).block(WAIT);
            directory.registerKey(organization, "k", hash(1)).block(WAIT);
            directory.registerKey(organization, "gone", hash(2)).block(WAIT);
            directory.revokeKey(hash(2)).block(WAIT);
            new PostgresRetentions(lost.database)
                    .set(project.id(), Optional.of(Duration.ofDays(3)))
                    .block(WAIT);
            await(directory.registerOrganization("two"));
            var copies = await(new PostgresDirectoryCopies(lost.database).all());

            for (var copy : copies) {
                var name = DirectoryBlobs.fresh(copy.organization(), Instant.now(), new Random(1));
                var read = DirectoryBlobs.decode(name, DirectoryBlobs.encode(copy));
                new PostgresDirectoryCopies(found.database).restore(read).block(WAIT);
                new PostgresDirectoryCopies(found.database).restore(read).block(WAIT);
            }

            assertThat(copies).hasSize(2);
            assertThat(await(new PostgresDirectoryCopies(found.database).all())).isEqualTo(copies);
            var again = new PostgresDirectory(found.database, new Random(1));
            assertThat(await(again.findKey(hash(1)))).isPresent();
            assertThat(await(again.findKey(hash(2)))).as("revoked").isEmpty();
            assertThat(await(again.baseOf(experiment.ref())).orElseThrow().ref())
                    .isEqualTo(base.ref());
        }
    }

    /** A database that was set back: it has a project and a key less, and takes a key that was revoked for a good one. */
    @Test
    void whatACopyTellsOfAndTheDirectoryDoesNotKnowIsNamed() {
        try (var now = new CatalogFixture();
                var before = new CatalogFixture()) {
            var directory = new PostgresDirectory(now.database, new Random(1));
            var organization = await(directory.registerOrganization("one"));
            directory.registerKey(organization, "k", hash(1)).block(WAIT);
            var copies = new PostgresDirectoryCopies(before.database);
            var older = await(new PostgresDirectoryCopies(now.database).all()).getFirst();
            copies.restore(older).block(WAIT);
            assertThat(await(copies.lackedOf(older))).isEmpty();

            var project = await(directory.registerProject(organization, "p"));
            var dataset = await(directory.registerObject(project, ObjectType.DATASET, "d", false));
            directory.registerKey(organization, "second", hash(2)).block(WAIT);
            directory.revokeKey(hash(1)).block(WAIT);
            var newer = await(new PostgresDirectoryCopies(now.database).all()).getFirst();

            assertThat(await(copies.lackedOf(newer)))
                    .hasSize(4)
                    .contains(
                            "project " + project.id(),
                            "dataset " + dataset.ref().id())
                    .anyMatch(lacked -> lacked.startsWith("end of key "))
                    .anyMatch(lacked -> lacked.startsWith("key "));
            assertThat(await(new PostgresDirectoryCopies(now.database).lackedOf(older)))
                    .as("of a copy that is older than the directory")
                    .isEmpty();
        }
    }

    @Test
    void aLaterCopyHasTheLargerName() {
        var organization = CatalogFixture.ORGANIZATION;
        var now = Instant.parse("2026-11-24T12:00:00Z");
        var first = DirectoryBlobs.fresh(organization, now, new Random(1));
        var second = DirectoryBlobs.fresh(organization, now.plusMillis(1), new Random(2));

        assertThat(first).isLessThan(second).startsWith(DirectoryBlobs.prefix(organization));
        assertThat(DirectoryBlobs.organizationOf(first)).contains(organization);
        assertThat(DirectoryBlobs.organizationOf("orgs/x/wal/1.wal")).isEmpty();
    }
}
