package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.part.columns.ColumnStatistics;
import java.nio.file.Path;
import java.util.List;

/**
 * The pieces that lie in files of their own.
 *
 * @param index     files of the index of paths and values, in the order in which they are laid
 * @param text      files of the index of texts
 * @param hotcaches of the two, in this order
 * @param columns   statistics of the columns
 */
record FinishedPieces(List<Path> index, List<Path> text, List<ByteSlice> hotcaches, List<ColumnStatistics> columns) {
    FinishedPieces {
        index = List.copyOf(index);
        text = List.copyOf(text);
        hotcaches = List.copyOf(hotcaches);
        columns = List.copyOf(columns);
    }
}
