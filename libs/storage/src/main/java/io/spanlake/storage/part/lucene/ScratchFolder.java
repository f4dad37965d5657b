package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.NoLockFactory;

/** A folder for files that go into a part and are then deleted: a crash loses them all, so none is forced to disk. */
final class ScratchFolder extends FilterDirectory {
    ScratchFolder(Path folder) throws IOException {
        super(FSDirectory.open(folder, NoLockFactory.INSTANCE));
    }

    @Override
    public void sync(Collection<String> names) {}

    @Override
    public void syncMetaData() {}
}
