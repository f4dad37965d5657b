package io.spanlake.storage.container;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;

/** Collects a blob in chunks that never move, so that nothing is copied once it is compressed. Not thread-safe. */
public final class BlobParts {
    private static final int CHUNK_BYTES_FIRST = 64 << 10;

    /** Holds a block of 256 KiB whatever it compresses to, and is no humongous object for the collector of a small heap. */
    private static final int CHUNK_BYTES_MAX = 384 << 10;

    private final List<ByteSlice> full = new ArrayList<>();
    private byte[] chunk = new byte[CHUNK_BYTES_FIRST];
    private int used;
    private long fullBytes;

    public long bytes() {
        return fullBytes + used;
    }

    public ByteSlice append(ByteOutput source) {
        return append(ByteSlice.of(source.array(), 0, source.length()));
    }

    /** Copies the bytes. */
    public ByteSlice append(ByteSlice source) {
        reserve(source.length());
        System.arraycopy(source.array(), source.offset(), chunk, used, source.length());
        return grow(source.length());
    }

    /** Appends one zstd frame that states its uncompressed size. */
    public ByteSlice appendCompressed(ZstdCompressCtx zstd, ByteOutput source) {
        int bound = (int) Zstd.compressBound(source.length());
        reserve(bound);
        return grow(zstd.compressByteArray(chunk, used, bound, source.array(), 0, source.length()));
    }

    public List<ByteSlice> finish() {
        seal();
        return full;
    }

    private ByteSlice grow(int count) {
        var appended = ByteSlice.of(chunk, used, count);
        used += count;
        return appended;
    }

    private void reserve(int count) {
        if (count > chunk.length - used) {
            int next = Math.max(count, Math.min(2 * chunk.length, CHUNK_BYTES_MAX));
            seal();
            chunk = new byte[next];
        }
    }

    private void seal() {
        if (used > 0) {
            full.add(ByteSlice.of(chunk, 0, used));
            fullBytes += used;
            used = 0;
        }
    }
}
