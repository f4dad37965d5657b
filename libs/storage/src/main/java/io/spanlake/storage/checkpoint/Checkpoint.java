package io.spanlake.storage.checkpoint;

import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.blobstore.BlobName;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.BlobParts;
import io.spanlake.storage.container.FreshNames;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What is published of an object by a swap, and from where on the log is needed beside it. It is put before the swap, so it
 * may speak of a swap that never came to count: of two checkpoints of one version one does.
 *
 * @param version  of the object, once the swap counts
 * @param swap     id of the swap
 * @param parts    that count then
 * @param sections processed sections that count then
 * @param floors   what lies below is in parts and sections; at most one for each partition
 */
public record Checkpoint(
        OrganizationId organization,
        ObjectRef object,
        UUID project,
        long version,
        UUID swap,
        List<Part> parts,
        List<Section> sections,
        List<Floor> floors) {
    /** Of a million parts, more than there are; a reader allocates no more. */
    private static final int BYTES_MAX = 64 << 20;

    static final BlobFormat FORMAT = new BlobFormat("checkpoint", BlobFormat.magic("SLKCKP\r\n"), 1, BYTES_MAX);
    private static final int ZSTD_LEVEL = 3;

    public Checkpoint {
        parts = List.copyOf(parts);
        sections = List.copyOf(sections);
        floors = List.copyOf(floors);
    }

    /**
     * @param name     of the {@code .part}
     * @param deadName of its deletion vector, empty where all rows live
     */
    public record Part(String name, int deadVersion, String deadName) {}

    /**
     * A section of a processed blob.
     *
     * @param carried whether a swap wrote it
     */
    public record Section(String blob, UUID segment, int partition, boolean carried) {}

    /** Up to where a partition of the log is processed. */
    public record Floor(int partition, int incarnation, long offset) {}

    /** Names that nothing else has, in order of versions. */
    public BlobName freshName(Instant now, RandomGenerator random) {
        return new BlobName("%s%020d-%s.ckpt".formatted(prefix(organization), version, FreshNames.ulid(now, random)));
    }

    /** What the names of all checkpoints of the organization begin with. */
    public static String prefix(OrganizationId organization) {
        return organization.blobPrefix() + "checkpoints/";
    }

    public List<ByteSlice> encode() {
        var blob = new BlobParts();
        blob.append(FORMAT.header());
        try (var zstd = new ZstdCompressCtx()) {
            zstd.setLevel(ZSTD_LEVEL);
            FORMAT.end(blob, zstd, CheckpointFields.write(this));
        }
        return blob.finish();
    }

    /**
     * @param blob all of it
     * @throws BlobFormatException where a byte of it is not what was written, or a newer program wrote it
     */
    public static Checkpoint decode(ByteSlice blob) {
        FORMAT.mustBeginWithHeader(blob);
        var end = FORMAT.footerAndTrailer(blob);
        return CheckpointFields.read(FORMAT.footer(end, blob.length()));
    }
}
