package io.spanlake.standalone.serve;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.rebuild.CatalogRebuild;
import io.spanlake.standalone.StartFailure;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;

/**
 * Refuses to start over a catalog that is empty beside blobs that are not: it would show none of them, and the sweeper would
 * take every one for an orphan. Checked before anything runs.
 */
final class CatalogGuard implements InitializingBean {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What commits list, or a rebuild goes by. */
    private static final List<String> DATA = List.of("/wal/", "/processed/", "/parts/", "/checkpoints/");

    private final CatalogRebuild catalog;
    private final BlobStore blobs;
    private final String folder;

    /** @param folder for the person who reads the refusal */
    CatalogGuard(CatalogRebuild catalog, BlobStore blobs, String folder) {
        this.catalog = catalog;
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
    }

    private boolean hasData() {
        return Boolean.TRUE.equals(
                blobs.list("orgs/").filter(CatalogGuard::isData).hasElements().block(PATIENCE));
    }

    private static boolean isData(BlobEntry blob) {
        return DATA.stream().anyMatch(blob.name().value()::contains);
    }
}
