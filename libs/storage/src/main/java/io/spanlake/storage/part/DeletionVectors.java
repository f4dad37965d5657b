package io.spanlake.storage.part;

import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.blobstore.BlobName;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.BlobParts;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of a part that are dead, as a blob of its own: docs/formats/deletion-vector.md. It names its part and its version, so
 * that one which was put under a wrong name is found.
 */
public final class DeletionVectors {
    /** Of 2 billion ordinals in the worst order; a reader allocates no more. */
    private static final int BYTES_MAX = 300 << 20;

    static final BlobFormat FORMAT = new BlobFormat("deletion vector", BlobFormat.magic("SLKDVC\r\n"), 1, BYTES_MAX);
    private static final int ZSTD_LEVEL = 3;

    private DeletionVectors() {}

    /**
     * @param part    the {@code .part}
     * @param version from 1, one more each time
     * @param dead    ordinals of all rows that are dead from now on
     */
    public static List<ByteSlice> encode(BlobName part, int version, RoaringBitmap dead) {
        var ordinals = Ordinals.encode(dead);
        var out = new ByteOutput(ordinals.length + 256)
                .blob(part.value().getBytes(StandardCharsets.UTF_8))
                .varint(version)
                .varint(dead.getLongCardinality())
                .blob(ordinals);
        var blob = new BlobParts();
        blob.append(FORMAT.header());
        try (var zstd = new ZstdCompressCtx()) {
            zstd.setLevel(ZSTD_LEVEL);
            FORMAT.end(blob, zstd, out);
        }
        return blob.finish();
    }

    /**
     * @param blob all of it
     * @throws BlobFormatException where a byte of it is not what was written, where it is of another part or version, or a
     *     newer program wrote it
     */
    public static RoaringBitmap decode(BlobName part, int version, ByteSlice blob) {
        FORMAT.mustBeginWithHeader(blob);
        var in = FORMAT.footer(FORMAT.footerAndTrailer(blob), blob.length());
        var partSeen = in.blob().toUtf8();
        int versionSeen = in.varint32();
        if (!partSeen.equals(part.value()) || versionSeen != version) {
            throw in.corrupt("version %d of %s; here version %d of %s is wanted"
                    .formatted(versionSeen, partSeen, version, part.value()));
        }
        return ordinals(in);
    }

    private static RoaringBitmap ordinals(ByteInput in) {
        long count = in.varint();
        var dead = Ordinals.decode(in.blob(), in);
        if (dead.getLongCardinality() != count || !in.isAtEnd()) {
            throw in.corrupt("%d ordinals, it says %d".formatted(dead.getLongCardinality(), count));
        }
        return dead;
    }
}
