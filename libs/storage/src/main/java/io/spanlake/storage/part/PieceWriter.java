package io.spanlake.storage.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One piece of a part, made row by row into files of its own. Blocks. Not thread-safe. Closing without {@link #finish}
 * gives it up.
 */
public interface PieceWriter extends AutoCloseable {
    /** @param ordinal 0 of the first row, then one more each */
    void add(int ordinal, PartRow row) throws IOException;

    /** The files of the piece, in the order in which the part is to hold them. Nothing is added afterwards. */
    List<Path> finish() throws IOException;

    @Override
    void close() throws IOException;
}
