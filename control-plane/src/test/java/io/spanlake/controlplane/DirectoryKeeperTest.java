package io.spanlake.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.catalog.directory.DirectoryBlobs;
import io.spanlake.catalog.directory.DirectoryCopies;
import io.spanlake.catalog.directory.DirectoryCopy;
import io.spanlake.model.OrganizationId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class DirectoryKeeperTest {
    private static final Scheduler DISK = Schedulers.newBoundedElastic(2, 100, "test-disk");
    private static final OrganizationId ACME = new OrganizationId(new UUID(1, 1));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(1, 2));
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final List<DirectoryCopy> directory = new ArrayList<>();
    private final FolderBlobStore blobs;
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    DirectoryKeeperTest(@TempDir Path folder) {
        blobs = FolderBlobStore.open(folder, DISK, WITHIN);
    }

    @AfterAll
    static void close() {
        DISK.dispose();
    }

    @BeforeEach
    void twoOrganizations() {
        directory.add(new DirectoryCopy(ACME, "{\"n\":1}"));
        directory.add(new DirectoryCopy(OTHER, "{\"n\":1}"));
    }

    private DirectoryKeeper keeper() {
        return new DirectoryKeeper(
                new DirectoryCopies() {
                    @Override
                    public Mono<List<DirectoryCopy>> all() {
                        return Mono.just(List.copyOf(directory));
                    }

                    @Override
                    public Mono<List<String>> lackedOf(DirectoryCopy copy) {
                        return Mono.error(new AssertionError());
                    }

                    @Override
                    public Mono<Void> restore(DirectoryCopy copy) {
                        return Mono.error(new AssertionError());
                    }
                },
                blobs,
                () -> now,
                new Random(1));
    }

    private List<String> names() {
        return Objects.requireNonNull(blobs.list("orgs/")
                .map(BlobEntry::name)
                .map(name -> name.value())
                .sort()
                .collectList()
                .block(WITHIN));
    }

    private DirectoryCopy read(OrganizationId organization) {
        var entry = Objects.requireNonNull(
                blobs.list(DirectoryBlobs.prefix(organization)).single().block(WITHIN));
        var bytes = Objects.requireNonNull(
                blobs.read(entry.name(), 0, (int) entry.bytes()).block(WITHIN));
        return DirectoryBlobs.decode(entry.name().value(), bytes);
    }

    @Test
    void whatHasChangedIsPutAndWhatWasBeforeItGoes() {
        var keeper = keeper();
        keeper.keep().block(WITHIN);
        var before = names();
        assertThat(before).hasSize(2);

        now = now.plusSeconds(1);
        directory.set(0, new DirectoryCopy(ACME, "{\"n\":2}"));
        keeper.keep().block(WITHIN);

        assertThat(names()).hasSize(2).contains(before.getLast()).doesNotContain(before.getFirst());
        assertThat(read(ACME).json()).isEqualTo("{\"n\":2}");
    }

    @Test
    void anotherKeeperPutsNothingWhereNothingHasChanged() {
        keeper().keep().block(WITHIN);
        var before = names();

        now = now.plusSeconds(1);
        keeper().keep().block(WITHIN);

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void anOrganizationThatTheDatabaseHasLostKeepsItsCopy() {
        keeper().keep().block(WITHIN);

        directory.clear();
        keeper().keep().block(WITHIN);

        assertThat(names()).hasSize(2);
    }
}
