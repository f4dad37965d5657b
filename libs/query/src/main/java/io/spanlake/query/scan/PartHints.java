package io.spanlake.query.scan;

import io.spanlake.query.BlobRefusals;
import io.spanlake.query.match.WordQuery;
import io.spanlake.query.part.VisiblePart;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
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

    private PartHints(VisiblePart part) {
        this.part = part;
    }

    /** The part without the rows that cannot satisfy the hint. */
    static VisiblePart admitted(VisiblePart part, Hint hint) throws IOException {
        try {
            return new PartHints(part).rows(hint).map(rows -> part.only(rows)).orElse(part);
        } catch (IOException e) {
            if (BlobRefusals.of(part.part().name(), e) instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    /** Empty where every row may. */
    private Optional<RoaringBitmap> rows(Hint hint) throws IOException {
        return switch (hint) {
            case Hint.And(var all) -> all(all);
            case Hint.Or(var any) -> any(any);
            case Hint.Equal(var paths, var values) -> equal(paths, values);
            case Hint.Exists(var paths) ->
                anyPath(paths, path -> part.part().index().search().exists(path).rows());
            case Hint.Range(var paths, var least, var most) -> range(paths, least, most);
            case Hint.Created(var first, var last) -> Optional.of(created(first, last));
            case Hint.Stamps stamps -> stamps(stamps);
            case Hint.Words(var field, var items) -> words(field, items);
            // May also be found in keys, numbers and marks of JSON, which no index of texts has.
            case Hint.Substrings(var field, var ignoredTexts, var ignoredCase) ->
                Optional.of(
                        part.part().index().search().exists(FieldPath.of(field)).rows());
        };
    }

    private Optional<RoaringBitmap> all(List<Hint> all) throws IOException {
        RoaringBitmap rows = null;
        for (var hint : all) {
            var found = rows(hint);
            if (found.isPresent()) {
                rows = rows == null ? found.get() : RoaringBitmap.and(rows, found.get());
                if (rows.isEmpty()) {
                    break;
                }
            }
        }
        return Optional.ofNullable(rows);
    }

    private Optional<RoaringBitmap> any(List<Hint> any) throws IOException {
        var rows = new RoaringBitmap();
        for (var hint : any) {
            var found = rows(hint);
            if (found.isEmpty()) {
                return found;
            }
            rows.or(found.get());
        }
        return Optional.of(rows);
    }

    private interface Lookup {
        RoaringBitmap of(FieldPath path) throws IOException;
    }

    private static Optional<RoaringBitmap> anyPath(List<FieldPath> paths, Lookup lookup) throws IOException {
        var rows = new RoaringBitmap();
        for (var path : paths) {
            rows.or(lookup.of(path));
        }
        return Optional.of(rows);
    }

    private Optional<RoaringBitmap> equal(List<FieldPath> paths, List<Value> values) throws IOException {
        var rows = new RoaringBitmap();
        for (var path : paths) {
            for (var value : values) {
                rows.or(equal(path, value));
            }
        }
        return Optional.of(rows);
    }

    private RoaringBitmap equal(FieldPath path, Value value) throws IOException {
        var search = part.part().index().search();
        return switch (value) {
            case TextValue(var text) -> {
                var named = named(path, text);
                yield named.isPresent() ? named.get() : search.equal(path, text).rows();
            }
            case NumberValue number ->
                search.range(path, NumberRange.exactly(number.decimal())).rows();
            case BooleanValue flag -> search.equal(path, flag.isTrue()).rows();
            default -> search.exists(path).rows();
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

    private Optional<RoaringBitmap> range(List<FieldPath> paths, Optional<Hint.Bound> least, Optional<Hint.Bound> most)
            throws IOException {
        var search = part.part().index().search();
        boolean numbers = least.or(() -> most)
                .filter(bound -> bound.value() instanceof NumberValue)
                .isPresent();
        if (!numbers) {
            return anyPath(paths, path -> search.exists(path).rows());
        }
        var range = new NumberRange(number(least), isIncluded(least), number(most), isIncluded(most));
        return anyPath(paths, path -> search.range(path, range).rows());
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
        return part.part().index().search().created(from, next).rows();
    }

    /** Of times beyond what 64 bits of microseconds tell, the nearest that they do. */
    private static long micros(Instant time) {
        if (time.isAfter(LAST_MICRO)) {
            return Long.MAX_VALUE;
        }
        return time.isBefore(FIRST_MICRO) ? Long.MIN_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private Optional<RoaringBitmap> stamps(Hint.Stamps stamps) throws IOException {
        long first = stamps.first().orElse(0L);
        long last = stamps.last().orElse(-1L);
        return switch (stamps.field()) {
            case PAGINATION -> {
                var search = part.part().index().search();
                yield last == -1L
                        ? first == 0 ? Optional.empty() : Optional.of(notBelow(first))
                        : Optional.of(search.paginationKeys(first, last + 1).rows());
            }
            case TRANSACTION -> {
                var times = part.part().live().file().times();
                boolean none = Long.compareUnsigned(times.newestLast().value(), first) < 0
                        || Long.compareUnsigned(times.oldestFirst().value(), last) > 0;
                yield none ? Optional.of(new RoaringBitmap()) : Optional.empty();
            }
        };
    }

    /** The largest number itself is no row's. */
    private RoaringBitmap notBelow(long first) throws IOException {
        return part.part().index().search().paginationKeys(first, -1L).rows();
    }

    private Optional<RoaringBitmap> words(String field, List<WordQuery.Item> items) throws IOException {
        RoaringBitmap rows = null;
        for (var item : items) {
            TextQuery query = item.prefix() ? new TextQuery.Prefix(item.text()) : new TextQuery.Phrase(item.text());
            rows = both(rows, part.part().index().text().rows(query, List.of(field)));
        }
        return Optional.ofNullable(rows);
    }

    private static @Nullable RoaringBitmap both(@Nullable RoaringBitmap rows, Optional<RoaringBitmap> found) {
        if (rows == null || found.isEmpty()) {
            return found.orElse(rows);
        }
        return RoaringBitmap.and(rows, found.get());
    }
}
