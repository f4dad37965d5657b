package io.spanlake.storage.part.lucene;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.lucene.store.BufferedIndexInput;

/** One file of a blob, from its hotcache or by pages. */
final class PartInput extends BufferedIndexInput {
    private static final int BUFFER_BYTES = 1024;

    private final PartFile file;
    private final BlobPages pages;
    private final HotBytes hotcache;

    PartInput(PartFile file, BlobPages pages, HotBytes hotcache) {
        super(file.name(), BUFFER_BYTES);
        this.file = file;
        this.pages = pages;
        this.hotcache = hotcache;
    }

    @Override
    protected void readInternal(ByteBuffer target) throws IOException {
        long at = getFilePointer();
        if (at + target.remaining() > file.length()) {
            throw new EOFException("%s ends at %d".formatted(file.name(), file.length()));
        }
        int length = target.remaining();
        int done = 0;
        while (done < length) {
            int hot = hotcache.copy(file.name(), at + done, target);
            done += hot > 0 ? hot : copyPage(at + done, target);
        }
    }

    private int copyPage(long at, ByteBuffer target) throws IOException {
        int count = pages.copy(
                file.offset() + at,
                target.array(),
                target.arrayOffset() + target.position(),
                target.remaining(),
                file.offset() + file.length());
        target.position(target.position() + count);
        return count;
    }

    @Override
    protected void seekInternal(long place) throws IOException {
        if (place > file.length()) {
            throw new EOFException("%s ends at %d".formatted(file.name(), file.length()));
        }
    }

    @Override
    public void close() {}

    @Override
    public long length() {
        return file.length();
    }
}
