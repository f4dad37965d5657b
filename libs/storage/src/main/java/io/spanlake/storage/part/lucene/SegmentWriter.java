package io.spanlake.storage.part.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;

/**
 * Writes one Lucene segment, whatever its size, in bounded memory: what does not fit becomes a segment on disk, and all of
 * them one at the end. Documents keep the order in which they came, so that the nth document has id n.
 *
 * <p>The folder then holds the files of the index and nothing else: no compound file, no lock. Not thread-safe. Blocks.
 */
public final class SegmentWriter implements Closeable {
    /** So that all spilled segments become one in one step; an adjacent-only policy keeps their order. */
    private static final int MERGE_ALL = Integer.MAX_VALUE;

    private final ScratchFolder directory;
    private final IndexWriter writer;
    private long documents;

    /**
     * @param folder        is made; has to be empty
     * @param memoryBytes   at which what is buffered goes to disk
     */
    public SegmentWriter(Path folder, long memoryBytes) throws IOException {
        this(folder, memoryBytes, Codec.getDefault());
    }

    public SegmentWriter(Path folder, long memoryBytes, Codec codec) throws IOException {
        directory = new ScratchFolder(folder);
        writer = new IndexWriter(
                directory,
                new IndexWriterConfig()
                        .setCodec(codec)
                        .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                        .setRAMBufferSizeMB(Math.max(memoryBytes / (double) (1 << 20), 1))
                        .setUseCompoundFile(false)
                        .setMergePolicy(NoMergePolicy.INSTANCE)
                        .setMergeScheduler(new SerialMergeScheduler())
                        .setCommitOnClose(false));
    }

    /** The document's id is the number of those before it. */
    public void add(Iterable<? extends IndexableField> document) throws IOException {
        writer.addDocument(document);
        documents++;
    }

    /** Appends the live documents of another index, in their order. */
    public void append(CodecReader reader) throws IOException {
        writer.addIndexes(reader);
        documents += reader.numDocs();
    }

    public long documents() {
        return documents;
    }

    /**
     * Completes the index.
     *
     * @param facts kept with it, for its readers
     */
    public void finish(Map<String, String> facts) throws IOException {
        var merge = new LogDocMergePolicy();
        merge.setMergeFactor(MERGE_ALL);
        merge.setNoCFSRatio(0);
        writer.getConfig().setMergePolicy(merge);
        writer.forceMerge(1);
        writer.setLiveCommitData(facts.entrySet());
        writer.commit();
        long indexed = writer.getDocStats().numDocs;
        if (indexed != documents) {
            throw new IOException("an index of %d documents has %d".formatted(documents, indexed));
        }
        close();
    }

    /** What was not finished is abandoned; its files stay until the folder is deleted. */
    @Override
    public void close() {
        try {
            writer.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
