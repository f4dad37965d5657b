package io.spanlake.query.scan;

import io.spanlake.query.BlobRefusals;
import io.spanlake.query.match.WordQuery;
import io.spanlake.query.part.VisiblePart;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.Candidates;
import io.spanlake.storage.part.index.FieldPath;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.NumberRange;
import io.spanlake.storage.part.text.TextQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows of a part may satisfy a hint, by its statistics, filters and indexes. What these cannot tell, they admit. Blocks
 * on reads.
 */
final class PartHints {
    private static final String ID = "id";
    private static final String TRACE = "root_span_id";
    private static final String SPAN = "span_id";
    private static final Instant FIRST_MICRO = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);
    private static final Instant LAST_MICRO = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

    private final VisiblePart part;
    private final KnownHints known;

    private PartHints(VisiblePart part, KnownHints known) {
        this.part = part;
        this.known = known;
    }

    /**
     * What indexes say of a hint.
     *
     * @param rows  no other row satisfies it; empty where every row may
     * @param exact whether all of these do
     */
    record Found(Optional<RoaringBitmap> rows, boolean exact) {
        static final Found ANY = new Found(Optional.empty(), false);

        static Found among(RoaringBitmap rows) {
            return new Found(Optional.of(rows), false);
        }

        static Found exactly(RoaringBitmap rows) {
            return new Found(Optional.of(rows), true);
        }
    }

    /** The part without the rows that cannot satisfy the hint. */
    static VisiblePart admitted(VisiblePart part, Hint hint, KnownHints known) throws IOException {
        var failing = known.seen(part.part().name(), hint).failing();
        return found(part, hint, known)
                .rows()
                .map(rows -> failing.isEmpty() ? rows : RoaringBitmap.andNot(rows, failing))
                .map(part::only)
                .orElse(part);
    }

    static Found found(VisiblePart part, Hint hint, KnownHints known) throws IOException {
        try {
            return new PartHints(part, known).found(hint);
        } catch (IOException e) {
            if (BlobRefusals.of(part.part().name(), e) instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private Found found(Hint hint) throws IOException {
        return switch (hint) {
            case Hint.And(var all) -> all(all);
            case Hint.Or(var any) -> any(any);
            case Hint.Of _ -> Found.ANY;
            default -> known.get(part.part().name(), hint, () -> asked(hint));
        };
    }

    private Found asked(Hint hint) throws IOException {
        return switch (hint) {
            case Hint.And(var all) -> all(all);
            case Hint.Or(var any) -> any(any);
            case Hint.Equal(var paths, var values) -> equal(paths, values);
            case Hint.Exists(var paths) -> anyPath(paths, search()::exists);
            case Hint.Range(var paths, var least, var most) -> range(paths, least, most);
            case Hint.Created(var first, var last) -> Found.among(created(first, last));
            case Hint.Stamps stamps -> stamps(stamps);
            case Hint.Words(var field, var items) -> words(field, items);
            case Hint.Substrings substrings -> substrings(substrings);
            case Hint.Of _ -> Found.ANY;
        };
    }

    private FieldSearch search() throws IOException {
        return part.part().index().search();
    }

    private Found all(List<Hint> all) throws IOException {
        RoaringBitmap rows = null;
        boolean exact = true;
        for (var hint : all) {
            var found = found(hint);
            exact &= found.exact();
            if (found.rows().isPresent()) {
                var these = found.rows().get();
                rows = rows == null ? these : RoaringBitmap.and(rows, these);
                if (rows.isEmpty()) {
                    return Found.exactly(rows);
                }
            }
        }
        return new Found(Optional.ofNullable(rows), exact);
    }

    private Found any(List<Hint> any) throws IOException {
        var rows = new RoaringBitmap();
        boolean exact = true;
        for (var hint : any) {
            var found = found(hint);
            exact &= found.exact();
            if (found.rows().isEmpty()) {
                return Found.ANY;
            }
            rows.or(found.rows().get());
        }
        return new Found(Optional.of(rows), exact);
    }

    private interface Lookup {
        Candidates of(FieldPath path) throws IOException;
    }

    /** The first path is where the value stands as a rule; what only others have, another value may hide. */
    private static Found anyPath(List<FieldPath> paths, Lookup lookup) throws IOException {
        var rows = new RoaringBitmap();
        boolean exact = true;
        for (int i = 0; i < paths.size(); i++) {
            var found = lookup.of(paths.get(i));
            exact &= i == 0 ? found.exact() : found.rows().isEmpty();
            rows.or(found.rows());
        }
        return new Found(Optional.of(rows), exact);
    }

    private Found equal(List<FieldPath> paths, List<Value> values) throws IOException {
        return anyPath(paths, path -> {
            var rows = new RoaringBitmap();
            boolean exact = true;
            for (var value : values) {
                var found = equal(path, value);
                exact &= found.exact();
                rows.or(found.rows());
            }
            return new Candidates(rows, exact);
        });
    }

    private Candidates equal(FieldPath path, Value value) throws IOException {
        return switch (value) {
            case TextValue(var text) -> {
                var named = named(path, text);
                yield named.isPresent() ? new Candidates(named.get(), false) : search().equal(path, text);
            }
            case NumberValue number -> search().range(path, NumberRange.exactly(number.decimal()));
            case BooleanValue flag -> search().equal(path, flag.isTrue());
            default -> new Candidates(search().exists(path).rows(), false);
        };
    }

    /** Ids are found by the part's own lookups, and the part is left out where its filters know none. */
    private Optional<RoaringBitmap> named(FieldPath path, String id) {
        if (path.steps().size() != 1) {
            return Optional.empty();
        }
        var reader = part.part().reader();
        return switch (path.steps().getFirst()) {
            case ID -> Optional.of(bitmap(reader.candidatesOf(id).block()));
            case TRACE -> Optional.of(bitmap(reader.ordinalsOfTrace(id).block()));
            case SPAN -> Optional.of(bitmap(reader.ordinalsOfSpan(id).block()));
            default -> Optional.empty();
        };
    }

    private static RoaringBitmap bitmap(int @Nullable [] ordinals) {
        return ordinals == null ? new RoaringBitmap() : RoaringBitmap.bitmapOf(ordinals);
    }

    private Found range(List<FieldPath> paths, Optional<Hint.Bound> least, Optional<Hint.Bound> most)
            throws IOException {
        boolean numbers = least.or(() -> most)
                .filter(bound -> bound.value() instanceof NumberValue)
                .isPresent();
        if (!numbers) {
            return anyPath(paths, path -> new Candidates(search().exists(path).rows(), false));
        }
        var range = new NumberRange(number(least), isIncluded(least), number(most), isIncluded(most));
        return anyPath(paths, path -> search().range(path, range));
    }

    private static @Nullable BigDecimal number(Optional<Hint.Bound> bound) {
        return bound.map(Hint.Bound::value)
                .filter(NumberValue.class::isInstance)
                .map(value -> ((NumberValue) value).decimal())
                .orElse(null);
    }

    private static boolean isIncluded(Optional<Hint.Bound> bound) {
        return bound.map(Hint.Bound::included).orElse(false);
    }

    private RoaringBitmap created(Optional<Instant> first, Optional<Instant> last) throws IOException {
        long from = first.map(PartHints::micros).orElse(Long.MIN_VALUE);
        long next = last.map(time -> Math.max(micros(time), micros(time) + 1)).orElse(Long.MAX_VALUE);
        return search().created(from, next).rows();
    }

    /** Of times beyond what 64 bits of microseconds tell, the nearest that they do. */
    private static long micros(Instant time) {
        if (time.isAfter(LAST_MICRO)) {
            return Long.MAX_VALUE;
        }
        return time.isBefore(FIRST_MICRO) ? Long.MIN_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private Found stamps(Hint.Stamps stamps) throws IOException {
        long first = stamps.first().orElse(0L);
        long last = stamps.last().orElse(-1L);
        return switch (stamps.field()) {
            case PAGINATION ->
                last == -1L
                        ? first == 0 ? Found.ANY : Found.among(notBelow(first))
                        : Found.among(search().paginationKeys(first, last + 1).rows());
            case TRANSACTION -> {
                var times = part.part().live().file().times();
                boolean none = Long.compareUnsigned(times.newestLast().value(), first) < 0
                        || Long.compareUnsigned(times.oldestFirst().value(), last) > 0;
                yield none ? Found.exactly(new RoaringBitmap()) : Found.ANY;
            }
        };
    }

    /** The largest number itself is no row's. */
    private RoaringBitmap notBelow(long first) throws IOException {
        return search().paginationKeys(first, -1L).rows();
    }

    private Found substrings(Hint.Substrings substrings) throws IOException {
        return new PatternRows(search(), part.part().index().text())
                .of(substrings)
                .map(Found::among)
                .orElse(Found.ANY);
    }

    private Found words(String field, List<WordQuery.Item> items) throws IOException {
        var text = part.part().index().text();
        RoaringBitmap rows = null;
        boolean exact = true;
        for (var item : items) {
            TextQuery query = item.prefix() ? new TextQuery.Prefix(item.text()) : new TextQuery.Phrase(item.text());
            exact &= text.isExact(query, List.of(field));
            rows = both(rows, text.rows(query, List.of(field)));
        }
        if (rows == null) {
            return Found.ANY;
        }
        return new Found(Optional.of(rows), exact && !RoaringBitmap.intersects(rows, search().doubtful()));
    }

    private static @Nullable RoaringBitmap both(@Nullable RoaringBitmap rows, Optional<RoaringBitmap> found) {
        if (rows == null || found.isEmpty()) {
            return found.orElse(rows);
        }
        return RoaringBitmap.and(rows, found.get());
    }
}
