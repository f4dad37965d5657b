package io.spanlake.rebuild;

import static io.spanlake.rebuild.History.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.catalog.directory.DirectoryBlobs;
import io.spanlake.catalog.rebuild.LoggedSection;
import io.spanlake.catalog.rebuild.RebuiltCatalog;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class DirectoryRebuildTest {
    private static final Scheduler DISK = Schedulers.newBoundedElastic(2, 100, "test-disk");
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final byte[] KEY = new byte[32];

    private final BlobStore store;

    DirectoryRebuildTest(@TempDir Path folder) {
        store = FolderBlobStore.open(folder, DISK, WITHIN);
    }

    @AfterAll
    static void close() {
        DISK.dispose();
    }

    private static RebuiltCatalog logOf(OrganizationId organization, ObjectRef... objects) {
        var sections = List.of(objects).stream()
                .map(object -> new LoggedSection(
                        "orgs/x",
                        organization,
                        10,
                        5,
                        Instant.EPOCH,
                        0,
                        1,
                        0,
                        5,
                        Map.of(object, new LoggedSection.LoggedWrites(5, 1))))
                .toList();
        return new RebuiltCatalog(List.of(), sections, Map.of(), Map.of(), List.of(), Map.of(), List.of());
    }

    private DirectoryRebuild.RebuiltDirectory rebuild(Database found, RebuiltCatalog catalog) {
        return await(new DirectoryRebuild(store, found.copies, DISK).run(catalog, "ours"));
    }

    @Test
    void theNewestCopyThatCanBeReadCountsAndNothingIsAddedToIt() {
        try (var lost = new Database();
                var found = new Database()) {
            var organization = await(lost.directory.registerOrganization("acme"));
            var project = await(lost.directory.registerProject(organization, "p"));
            lost.directory.registerKey(organization, "k", KEY).block(WITHIN);
            var experiment = await(lost.directory.registerObject(project, ObjectType.EXPERIMENT, "e", true));
            var copy = await(lost.copies.all()).getFirst();
            put(
                    DirectoryBlobs.fresh(organization, Instant.ofEpochSecond(5), new Random(1)),
                    DirectoryBlobs.encode(copy));
            put(DirectoryBlobs.fresh(organization, Instant.ofEpochSecond(6), new Random(1)), ByteSlice.ofUtf8("cut"));
            var logs = new ObjectRef(ObjectType.PROJECT_LOGS, project.id().toString());

            var rebuilt = rebuild(found, logOf(organization, logs, experiment.ref()));

            assertThat(rebuilt.restored()).isEqualTo(1);
            assertThat(rebuilt.nameless()).isEmpty();
            assertThat(rebuilt.problems()).singleElement().asString().contains("directory/000000000006000");
            assertThat(await(found.copies.all())).containsExactly(copy);
            assertThat(await(found.directory.findKey(KEY))).isPresent();
        }
    }

    @Test
    void whatHasDataAndNoCopyGetsANameOfItsIdAndKeepsItsIds() {
        try (var found = new Database()) {
            var organization = new OrganizationId(new UUID(7, 7));
            var logs = new ObjectRef(ObjectType.PROJECT_LOGS, new UUID(7, 8).toString());
            var dataset = new ObjectRef(ObjectType.DATASET, new UUID(7, 9).toString());

            var rebuilt = rebuild(found, logOf(organization, logs, dataset));

            assertThat(rebuilt.nameless()).containsOnly(Map.entry(organization, "ours"));
            assertThat(await(found.directory.registerOrganization("ours"))).isEqualTo(organization);
            assertThat(await(found.directory.ownerOf(logs)).orElseThrow().organization())
                    .isEqualTo(organization);
            assertThat(await(found.directory.ownerOf(dataset)).orElseThrow().organization())
                    .isEqualTo(organization);
            assertThat(await(found.directory.findProject(new UUID(7, 8)))
                            .orElseThrow()
                            .name())
                    .isEqualTo("recovered-" + logs.id());
        }
    }

    private void put(String name, ByteSlice bytes) {
        store.putIfAbsent(new BlobName(name), List.of(bytes)).block(WITHIN);
    }
}
