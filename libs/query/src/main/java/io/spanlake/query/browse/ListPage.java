package io.spanlake.query.browse;

import io.spanlake.model.ByteSlice;
import java.util.List;
import java.util.Optional;

/**
 * @param rows     in the order of the list, each one JSON object
 * @param next     cursor behind the page; absent where nothing follows
 * @param previous cursor before the page; absent where it is the first
 */
public record ListPage(List<ByteSlice> rows, Optional<String> next, Optional<String> previous) {
    public ListPage {
        rows = List.copyOf(rows);
    }
}
