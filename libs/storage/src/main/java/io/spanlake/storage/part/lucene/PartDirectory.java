package io.spanlake.storage.part.lucene;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobReads;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.part.RangeSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;

/**
 * The files of an index inside a blob, read by ranges. What the hotcache holds comes from memory; all else is read in pages
 * of 32 KiB, of which the last few stay, since Lucene reads a few bytes at a time.
 *
 * <p>Read only. Safe for many threads, an input for one at a time. Blocks while a page comes: never call on an event loop.
 * What the store answers with reaches the caller as an {@link IOException} that has it as its cause.
 */
public final class PartDirectory extends Directory {
    private static final int PAGES_KEPT = 64;

    private final Map<String, PartFile> files = new LinkedHashMap<>();
    private final BlobPages pages;
    private final HotBytes hotcache;
    private volatile boolean open = true;

    /**
     * @param store through the block cache, as a rule
     * @param files of one index, all of them
     */
    public PartDirectory(BlobStore store, BlobName blob, List<PartFile> files, Hotcache hotcache) {
        this((offset, length) -> read(store, blob, offset, length), files, hotcache);
    }

    /**
     * @param source of checked bytes
     * @param files  of one index, all of them
     */
    public static PartDirectory of(RangeSource source, List<PartFile> files, Hotcache hotcache) {
        PageSource pages = (offset, length) -> read(source, offset, length);
        return new PartDirectory(pages, files, hotcache);
    }

    PartDirectory(PageSource source, List<PartFile> files, HotBytes hotcache) {
        files.forEach(file -> this.files.put(file.name(), file));
        this.pages = new BlobPages(source, PAGES_KEPT);
        this.hotcache = hotcache;
    }

    private static ByteSlice read(RangeSource source, long offset, int length) throws IOException {
        try {
            return BlobReads.waitedFor(source.read(offset, length))
                    .blockOptional()
                    .orElseThrow();
        } catch (RuntimeException e) {
            throw new IOException("%d bytes at %d cannot be read".formatted(length, offset), e);
        }
    }

    private static ByteSlice read(BlobStore store, BlobName blob, long offset, int length) throws IOException {
        try {
            var bytes = BlobReads.waitedFor(store.read(blob, offset, length)).block();
            if (bytes == null || bytes.length() != length) {
                throw new IOException("%d bytes at %d of %s did not come".formatted(length, offset, blob));
            }
            return bytes;
        } catch (RuntimeException e) {
            throw new IOException("%d bytes at %d of %s cannot be read".formatted(length, offset, blob), e);
        }
    }

    @Override
    public String[] listAll() {
        return files.keySet().stream().sorted().toArray(String[]::new);
    }

    @Override
    public long fileLength(String name) throws IOException {
        return file(name).length();
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        ensureOpen();
        return new PartInput(file(name), pages, hotcache);
    }

    private PartFile file(String name) throws IOException {
        var file = files.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    @Override
    protected void ensureOpen() {
        if (!open) {
            throw new AlreadyClosedException("the part is closed");
        }
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public void deleteFile(String name) throws IOException {
        throw new NoSuchFileException(name, null, "parts are read only");
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) {
        throw new UnsupportedOperationException("parts are read only");
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) {
        throw new UnsupportedOperationException("parts are read only");
    }

    @Override
    public void sync(Collection<String> names) {}

    @Override
    public void syncMetaData() {}

    @Override
    public void rename(String source, String target) {
        throw new UnsupportedOperationException("parts are read only");
    }

    @Override
    public Lock obtainLock(String name) {
        throw new UnsupportedOperationException("parts are read only");
    }

    @Override
    public Set<String> getPendingDeletions() {
        return Set.of();
    }
}
