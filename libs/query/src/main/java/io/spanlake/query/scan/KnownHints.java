package io.spanlake.query.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What indexes of parts and their rows said lately: parts never change, so it stays true. The rows that are dead are not known
 * here. Thread-safe.
 */
final class KnownHints {
    private static final int ENTRY_BYTES = 512;
    private static final int VALUE_BYTES = 64;

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
                .<Key, PartHints.Found>weigher((key, found) -> ENTRY_BYTES
                        + bytesOf(key.hint)
                        + found.rows().map(RoaringBitmap::getSizeInBytes).orElse(0))
                .executor(Runnable::run)
                .build();
        this.seen = Caffeine.newBuilder()
                .maximumWeight(bytesMax / 2)
                .<Key, Seen>weigher((key, rows) ->
                        ENTRY_BYTES + bytesOf(key.hint) + rows.read.getSizeInBytes() + rows.meeting.getSizeInBytes())
                .executor(Runnable::run)
                .build();
    }

    /** All entries of one question share it; counted with each, they are the fewer. */
    private static int bytesOf(Hint hint) {
        return switch (hint) {
            case Hint.And(var all) -> all.stream().mapToInt(KnownHints::bytesOf).sum();
            case Hint.Or(var any) -> any.stream().mapToInt(KnownHints::bytesOf).sum();
            case Hint.Equal(var paths, var values) ->
                paths.size() * ENTRY_BYTES
                        + values.stream().mapToInt(KnownHints::bytesOf).sum();
            case Hint.Substrings(var ignoredField, var texts, var ignoredCase) ->
                texts.stream().mapToInt(KnownHints::bytesOf).sum();
            case Hint.Words(var ignoredField, var items) ->
                items.stream().mapToInt(item -> bytesOf(item.text())).sum();
            case Hint.Of(var ignoredSteps, var test) -> bytesOf(test);
            case Hint.Exists _, Hint.Range _, Hint.Created _, Hint.Stamps _ -> ENTRY_BYTES;
        };
    }

    private static int bytesOf(Value value) {
        return value instanceof TextValue(var text) ? bytesOf(text) : VALUE_BYTES;
    }

    private static int bytesOf(String text) {
        return VALUE_BYTES + 2 * text.length();
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
