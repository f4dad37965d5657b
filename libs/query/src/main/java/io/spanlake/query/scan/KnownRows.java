package io.spanlake.query.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.part.OpenPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of parts as readers saw them lately, one by one: a page's rows lie in as many stretches, which are a thousand times as
 * large. Only of rows that lie in no other place; parts never change, so they stay true. Thread-safe.
 */
final class KnownRows {
    private static final int ENTRY_BYTES = 400;

    private record Key(String part, int ordinal) {}

    private final Cache<Key, SourceRow> known;

    /** @param bytesMax heap for rows */
    KnownRows(long bytesMax) {
        this.known = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .<Key, SourceRow>weigher((_, row) -> ENTRY_BYTES + row.json().array().length)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    SourceRow get(OpenPart part, int ordinal) {
        return known.getIfPresent(new Key(part.name(), ordinal));
    }

    /** These rows; empty where one of them is not known. */
    Optional<List<SourceRow>> all(OpenPart part, int[] ordinals) {
        var rows = new ArrayList<SourceRow>(ordinals.length);
        for (int ordinal : ordinals) {
            var row = get(part, ordinal);
            if (row == null) {
                return Optional.empty();
            }
            rows.add(row);
        }
        return Optional.of(rows);
    }

    void put(OpenPart part, int ordinal, SourceRow row) {
        known.put(new Key(part.name(), ordinal), row);
    }
}
