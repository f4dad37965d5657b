package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowPosition;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a page in their order.
 *
 * @param last what lies behind it is not on the page: that of the last row where more follow it now. Absent where the page
 *             is the last
 */
public record RowPage(List<RowPlaces> rows, Optional<RowPosition> last) {
    public RowPage {
        rows = List.copyOf(rows);
    }
}
