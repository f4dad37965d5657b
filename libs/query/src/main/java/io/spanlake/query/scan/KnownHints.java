package io.spanlake.query.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spanlake.query.plan.Hint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What indexes of parts and their rows said lately: parts never change, so it stays true. The rows that are dead are not known
 * here. Thread-safe.
 */
final class KnownHints {
    private static final int ENTRY_BYTES = 512;

    private record Key(String part, Hint hint) {}

    /**
     * What rows themselves said.
     *
     * @param read    were looked at
     * @param meeting those of them that satisfy the hint
     */
    record Seen(RoaringBitmap read, RoaringBitmap meeting) {
        static final Seen NOTHING = new Seen(new RoaringBitmap(), new RoaringBitmap());

        RoaringBitmap failing() {
            return RoaringBitmap.andNot(read, meeting);
        }

        private Seen with(Seen more) {
            return new Seen(RoaringBitmap.or(read, more.read), RoaringBitmap.or(meeting, more.meeting));
        }
    }

    private final Cache<Key, PartHints.Found> known;
    private final Cache<Key, Seen> seen;

    /** @param bytesMax heap for sets of rows */
    KnownHints(long bytesMax) {
        this.known = Caffeine.newBuilder()
                .maximumWeight(bytesMax / 2)
                .<Key, PartHints.Found>weigher((_, found) -> ENTRY_BYTES
                        + found.rows().map(RoaringBitmap::getSizeInBytes).orElse(0))
                .executor(Runnable::run)
                .build();
        this.seen = Caffeine.newBuilder()
                .maximumWeight(bytesMax / 2)
                .<Key, Seen>weigher(
                        (_, rows) -> ENTRY_BYTES + rows.read.getSizeInBytes() + rows.meeting.getSizeInBytes())
                .executor(Runnable::run)
                .build();
    }

    Seen seen(String part, Hint hint) {
        var rows = seen.getIfPresent(new Key(part, hint));
        return rows == null ? Seen.NOTHING : rows;
    }

    /** To what was seen before. */
    void learn(String part, Hint hint, RoaringBitmap read, RoaringBitmap meeting) {
        seen.asMap().merge(new Key(part, hint), new Seen(read, meeting), Seen::with);
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
