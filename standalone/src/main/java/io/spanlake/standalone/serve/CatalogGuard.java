package io.spanlake.standalone.serve;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.rebuild.CatalogRebuild;
import io.spanlake.compactor.sweep.SetBack;
import io.spanlake.rebuild.DirectoryRebuild;
import io.spanlake.standalone.StartFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.InitializingBean;

/**
 * Refuses to start over a catalog that is empty, or older than the blobs beside it, as after a backup was put in its place:
 * it would not show what it does not know, and the sweeper would take it for orphans. Checked before anything runs.
 */
final class CatalogGuard implements InitializingBean {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What commits list, or a rebuild goes by. */
    private static final List<String> DATA = List.of("/wal/", "/processed/", "/parts/", "/checkpoints/");

    private final CatalogRebuild catalog;
    private final SetBack setBack;
    private final DirectoryRebuild directory;
    private final BlobStore blobs;
    private final String folder;

    /** @param folder for the person who reads the refusal */
    CatalogGuard(CatalogRebuild catalog, SetBack setBack, DirectoryRebuild directory, BlobStore blobs, String folder) {
        this.catalog = catalog;
        this.setBack = setBack;
        this.directory = directory;
        this.blobs = blobs;
        this.folder = folder;
    }

    @Override
    public void afterPropertiesSet() {
        boolean empty = Boolean.TRUE.equals(catalog.isEmpty().block(PATIENCE));
        if (empty && hasData()) {
            throw new StartFailure(
                    "the catalog in PostgreSQL is lost: it is empty, and there are blobs.%nMake it again from them: ./spanlake rebuild --data %s"
                            .formatted(folder));
        }
        unknown().ifPresent(what -> {
            throw new StartFailure(
                    "the catalog in PostgreSQL is older than the blobs, as after a backup was put in its place: it does not know %s.%nMake it again from them: ./spanlake rebuild --discard --data %s"
                            .formatted(what, folder));
        });
    }

    private boolean hasData() {
        return Boolean.TRUE.equals(
                blobs.list("orgs/").filter(CatalogGuard::isData).hasElements().block(PATIENCE));
    }

    /** Something that the blobs tell of, and a catalog that was never set back would know. */
    private Optional<String> unknown() {
        return setBack.find()
                .or(() -> Objects.requireNonNull(directory.lacked().block(PATIENCE)).stream()
                        .findFirst());
    }

    private static boolean isData(BlobEntry blob) {
        return DATA.stream().anyMatch(blob.name().value()::contains);
    }
}
