package io.spanlake.storage.verify;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;

/** Proves the files of an index by the checksums that Lucene wrote at their ends. Blocks. */
final class LuceneFiles {
    private LuceneFiles() {}

    static void verify(Directory directory, String blob, Findings findings) {
        try (var index = DirectoryReader.open(directory)) {
            for (var leaf : index.leaves()) {
                leaf.reader().checkIntegrity();
            }
        } catch (IOException e) {
            findings.fault(blob, "an index is damaged: " + e.getMessage());
        }
    }
}
