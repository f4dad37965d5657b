package io.spanlake.storage.part;

import java.nio.file.Path;

/**
 * A part on local disk, ready to be put: two files under two names.
 *
 * @param part       the {@code .part}
 * @param tailOffset where its tail begins: {@code [tailOffset, partBytes)} opens it by one read
 * @param orc        the {@code .orc}
 */
public record WrittenPart(
        Path part, long partBytes, Path orc, long orcBytes, PartStatistics statistics, long tailOffset) {}
