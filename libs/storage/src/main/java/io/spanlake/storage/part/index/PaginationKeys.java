package io.spanlake.storage.part.index;

import java.io.IOException;
import org.apache.lucene.index.NumericDocValues;
import org.jspecify.annotations.Nullable;

/** Where rows stand in pages. To be asked for ordinals that grow. Not thread-safe. Blocks as the directory does. */
public final class PaginationKeys {
    private final @Nullable NumericDocValues values;

    PaginationKeys(@Nullable NumericDocValues values) {
        this.values = values;
    }

    /** The row's pagination number, unsigned. */
    public long of(int ordinal) throws IOException {
        if (values == null || !values.advanceExact(ordinal)) {
            throw new IOException("row %d has no place in pages".formatted(ordinal));
        }
        return FieldIndexWriter.sortable(values.longValue());
    }
}
