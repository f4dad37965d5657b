package io.spanlake.catalog.parts;

import java.util.Optional;
import java.util.UUID;

/**
 * What the catalog says of an indexed part. It never changes.
 *
 * @param name       of the {@code .part}; the columns lie beside it under {@link #orcName}
 * @param bytes      of the {@code .part}
 * @param tailOffset where its tail begins, which reaches to the end: one ranged read opens the part
 * @param orcBytes   of the {@code .orc}
 * @param level      0 of what came from the tail, one more with each merge
 * @param segment    whose rows it holds; absent where it holds several segments'
 * @param rows       dead ones included
 * @param rawBytes   of its rows, uncompressed
 * @param stampSum   over the stamps that its rows remember, dead ones included
 */
public record PartFile(
        String name,
        long bytes,
        long tailOffset,
        long orcBytes,
        UUID project,
        int level,
        Optional<UUID> segment,
        long rows,
        long rawBytes,
        long stampSum,
        PartTimes times) {
    public static final String SUFFIX = ".part";
    public static final String ORC_SUFFIX = ".orc";

    public PartFile {
        if (!name.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("the name of a part ends with .part, not: " + name);
        }
        if (rows < 1 || tailOffset < 0 || tailOffset >= bytes || orcBytes < 1 || level < 0) {
            throw new IllegalArgumentException("%s: %d rows, %d bytes, tail at %d, %d bytes of columns, level %d"
                    .formatted(name, rows, bytes, tailOffset, orcBytes, level));
        }
    }

    public String orcName() {
        return name.substring(0, name.length() - SUFFIX.length()) + ORC_SUFFIX;
    }
}
