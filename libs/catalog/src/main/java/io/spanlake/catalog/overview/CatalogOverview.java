package io.spanlake.catalog.overview;

import io.spanlake.catalog.overview.Stock.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that there is, and how old what waits is. Bytes are those of blobs, unless they are called raw.
 *
 * @param stocks each kind once, parts once a level; what there is nothing of is left out
 */
public record CatalogOverview(List<Stock> stocks) {
    public CatalogOverview {
        stocks = List.copyOf(stocks);
    }

    /** Of a kind, all levels together. */
    public Stock of(Kind kind) {
        return stocks.stream()
                .filter(stock -> stock.kind() == kind)
                .reduce(Stock::plus)
                .orElse(Stock.none(kind));
    }

    /** Parts, by level. */
    public SortedMap<Integer, Stock> levels() {
        var levels = new TreeMap<Integer, Stock>();
        stocks.stream().filter(stock -> stock.kind() == Kind.PART).forEach(stock -> levels.put(stock.level(), stock));
        return levels;
    }

    /** When the oldest write came that is in no part and is not held back on purpose; empty where there is none. */
    public Optional<Instant> oldestUnindexed() {
        return List.of(of(Kind.UNPROCESSED), of(Kind.TAIL)).stream()
                .map(Stock::since)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Of blobs that queries may read. */
    public long liveBytes(Collection<Kind> kinds) {
        return kinds.stream().mapToLong(kind -> of(kind).bytes()).sum();
    }
}
