package io.spanlake.query.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spanlake.model.ObjectRef;
import io.spanlake.query.match.BytesTest;
import io.spanlake.query.tail.Source;
import org.roaringbitmap.RoaringBitmap;

/**
 * What states of the tail's sections have said: sections never change, so it stays true. States go by ordinal. Thread-safe.
 */
final class KnownStates {
    private static final int ENTRY_BYTES = 400;

    /**
     * @param object   whose states: in a section of the log lie those of several objects, and each numbers its own
     * @param blob     for a catalog that was set back may give the number of a section again, but no name of a blob is
     * @param question an item that is looked for in bytes, or a hint that says all of a condition
     */
    private record Key(ObjectRef object, String blob, Object section, Object question) {
        static Key of(ObjectRef object, Source section, Object question) {
            var blob = switch (section) {
                case Source.Log(var ref) -> ref.blobName();
                case Source.Processed(var live) -> live.blobName();
                case Source.Part(var part) -> part.name();
            };
            return new Key(object, blob, section.identity(), question);
        }
    }

    /**
     * What is known of one section.
     *
     * @param asked of an item the blocks that were looked through, of a hint the states that are rows by themselves and were asked
     * @param yes   the states that may have the item, or are rows that satisfy the hint. Nobody changes either
     */
    record Known(RoaringBitmap asked, RoaringBitmap yes) {
        static final Known NOTHING = new Known(new RoaringBitmap(), new RoaringBitmap());

        private Known with(Known more) {
            var all = new Known(RoaringBitmap.or(asked, more.asked), RoaringBitmap.or(yes, more.yes));
            all.asked.runOptimize();
            all.yes.runOptimize();
            return all;
        }
    }

    private final Cache<Key, Known> known;

    /** @param bytesMax heap for sets of states */
    KnownStates(long bytesMax) {
        this.known = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .<Key, Known>weigher(
                        (key, sets) -> bytesOf(key.question) + sets.asked.getSizeInBytes() + sets.yes.getSizeInBytes())
                .executor(Runnable::run)
                .build();
    }

    /** As if each entry had one of its own: a text may be as long as a request. */
    private static int bytesOf(Object question) {
        int length = question instanceof BytesTest test
                ? test.length()
                : question.toString().length();
        return ENTRY_BYTES + 2 * length;
    }

    Known get(ObjectRef object, Source section, Object question) {
        var found = known.getIfPresent(Key.of(object, section, question));
        return found == null ? Known.NOTHING : found;
    }

    /** To what was known before. */
    void learn(ObjectRef object, Source section, Object question, Known more) {
        known.asMap().merge(Key.of(object, section, question), more, Known::with);
    }
}
