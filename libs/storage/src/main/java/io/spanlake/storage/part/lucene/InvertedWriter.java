package io.spanlake.storage.part.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.util.Version;

/**
 * Writes one Lucene segment of one field of terms, and values beside, whatever its size, in bounded memory: terms that do not fit
 * wait on disk in their order, and are merged when the segment is written. Where values take half of the memory it is written, and
 * all segments become one at the end. Documents keep the order in which they came, so that the nth document has id n.
 *
 * <p>Lucene's own way into a segment is made for any analysis of any fields; here there is one, of which no word may cost
 * much: it takes half of the time (docs/decisions/0012). Lucene's codec writes the files, and Lucene merges them.
 *
 * <p>The folder then holds the files of the index and nothing else: no compound file, no lock. Not thread-safe. Blocks.
 */
public final class InvertedWriter implements TermSink, Closeable {
    /** So that all spilled segments become one in one step; an adjacent-only policy keeps their order. */
    private static final int MERGE_ALL = Integer.MAX_VALUE;

    private static final int LOOKS_AT_MEMORY_EACH = 64;

    private final ScratchFolder directory;
    private final SegmentFiles files;
    private final String termsField;
    private final long memoryBytes;
    private final Path runsFolder;
    private final SegmentInfos segments = new SegmentInfos(Version.LATEST.major);
    /** Terms of the segment that is next, on disk. */
    private final List<TermRun> runs = new ArrayList<>();

    private final SequencedMap<String, DocumentValues> values = new LinkedHashMap<>();
    private final TermPostings terms = new TermPostings();
    /** Documents whose terms are on disk and whose values are in memory. */
    private int documentsOfRuns;

    private int generation;
    private long documents;

    /**
     * @param folder      is made; has to be empty
     * @param termsField  name of the field of terms
     * @param memoryBytes at which what is buffered goes to disk
     */
    public InvertedWriter(Path folder, String termsField, long memoryBytes) throws IOException {
        this.directory = new ScratchFolder(folder);
        this.runsFolder = folder.resolveSibling(folder.getFileName() + "-runs");
        this.files = new SegmentFiles(directory, Codec.getDefault());
        this.termsField = termsField;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public int term(byte[] bytes, int from, int next) {
        return terms.add(bytes, from, next);
    }

    @Override
    public void term(int number) {
        terms.add(number);
    }

    /** One more each time that what was in memory went to disk. */
    @Override
    public int generation() {
        return generation;
    }

    /** A field of numbers. To be called before the first document; each then gets one. */
    public DocumentNumbers numbers(String field) {
        var numbers = new DocumentNumbers();
        values.put(field, numbers);
        return numbers;
    }

    /** A field of bytes. To be called before the first document; each then gets some. */
    public DocumentBytes bytes(String field) {
        var bytes = new DocumentBytes();
        values.put(field, bytes);
        return bytes;
    }

    /** The document's id is the number of those before it. */
    public void endDocument() throws IOException {
        terms.endDocument();
        documents++;
        if (terms.documents() % LOOKS_AT_MEMORY_EACH == 0) {
            long held = valueBytes();
            if (held > memoryBytes / 2) {
                endSegment();
            } else if (held + terms.memoryBytes() > memoryBytes) {
                spill();
            }
        }
    }

    private long valueBytes() {
        long used = 0;
        for (var each : values.values()) {
            used += each.memoryBytes();
        }
        return used;
    }

    private void spill() throws IOException {
        Files.createDirectories(runsFolder);
        runs.add(TermRun.write(runsFolder.resolve("run-" + generation), terms.cursor(documentsOfRuns)));
        documentsOfRuns += terms.documents();
        terms.clear();
        generation++;
    }

    /** Everything so far that is in no segment. */
    private void endSegment() throws IOException {
        var name = "_" + Long.toString(segments.counter++, Character.MAX_RADIX);
        var sources = new ArrayList<TermSource>(runs);
        sources.add(() -> terms.cursor(documentsOfRuns));
        try (var merged = new MergedTerms(termsField, sources)) {
            int count = documentsOfRuns + terms.documents();
            segments.add(files.write(name, termsField, count, merged, values, valueBytes()));
        }
        for (var run : runs) {
            run.delete();
        }
        runs.clear();
        documentsOfRuns = 0;
        terms.clear();
        values.values().forEach(DocumentValues::clear);
        generation++;
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
        if (documentsOfRuns + terms.documents() > 0) {
            endSegment();
        }
        deleteRuns();
        segments.setUserData(facts, true);
        segments.commit(directory);
        long indexed = segments.size() > 1 ? merge(facts) : segments.totalMaxDoc();
        if (indexed != documents) {
            throw new IOException("an index of %d documents has %d".formatted(documents, indexed));
        }
        close();
    }

    private long merge(Map<String, String> facts) throws IOException {
        var merge = new LogDocMergePolicy();
        merge.setMergeFactor(MERGE_ALL);
        merge.setNoCFSRatio(0);
        var config = new IndexWriterConfig()
                .setOpenMode(IndexWriterConfig.OpenMode.APPEND)
                .setUseCompoundFile(false)
                .setMergePolicy(merge)
                .setMergeScheduler(new SerialMergeScheduler())
                .setCommitOnClose(false);
        try (var writer = new IndexWriter(directory, config)) {
            writer.forceMerge(1);
            writer.setLiveCommitData(facts.entrySet());
            writer.commit();
            return writer.getDocStats().numDocs;
        }
    }

    private void deleteRuns() throws IOException {
        for (var run : runs) {
            run.delete();
        }
        runs.clear();
        Files.deleteIfExists(runsFolder);
    }

    /** What was not finished is abandoned; its files stay until the folder is deleted. */
    @Override
    public void close() {
        try {
            deleteRuns();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
