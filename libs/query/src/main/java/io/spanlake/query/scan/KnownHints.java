package io.spanlake.query.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spanlake.query.plan.Hint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What indexes of parts said lately: parts never change, so it stays true. The rows that are dead are not known here. Thread-safe.
 */
final class KnownHints {
    private static final int ENTRY_BYTES = 512;

    private record Key(String part, Hint hint) {}

    private final Cache<Key, PartHints.Found> known;

    /** @param bytesMax heap for sets of rows */
    KnownHints(long bytesMax) {
        this.known = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .<Key, PartHints.Found>weigher((_, found) -> ENTRY_BYTES
                        + found.rows().map(RoaringBitmap::getSizeInBytes).orElse(0))
                .executor(Runnable::run)
                .build();
    }

    interface Question {
        PartHints.Found ask() throws IOException;
    }

    /** Nobody changes the rows of the answer. Two may ask at once; then both find the same. */
    PartHints.Found get(String part, Hint hint, Question question) throws IOException {
        var key = new Key(part, hint);
        PartHints.@Nullable Found found = known.getIfPresent(key);
        if (found == null) {
            found = question.ask();
            found.rows().ifPresent(RoaringBitmap::runOptimize);
            known.put(key, found);
        }
        return found;
    }
}
