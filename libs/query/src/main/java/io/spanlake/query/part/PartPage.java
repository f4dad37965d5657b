package io.spanlake.query.part;

import io.spanlake.query.cursor.RowPosition;
import java.util.List;
import java.util.Optional;

/**
 * Rows of parts in the order of a list.
 *
 * @param last what lies behind it is not among the rows; absent where nothing does
 */
public record PartPage(List<PartPlace> rows, Optional<RowPosition> last) {
    public PartPage {
        rows = List.copyOf(rows);
    }
}
