package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Placement;
import io.spanlake.model.row.StoredRow;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.part.lucene.Hotcache;
import io.spanlake.storage.part.lucene.PartDirectory;
import io.spanlake.storage.part.lucene.PartFile;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.lucene.store.Directory;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * An open part. Holds its tail in memory and reads all else by ranges: it needs no closing, and may be shared by any
 * number of threads. What a deletion vector says is not known here: dead rows are rows.
 *
 * <p>Errors: those of the store, and {@link BlobFormatException} that names the blob.
 */
public final class PartReader {
    /** Of one trace that are read at once. */
    private static final int GROUPS_TOGETHER = 4;

    private static final ByteSlice NOTHING = ByteSlice.of(new byte[0]);

    private final BlobStore store;
    private final BlobName name;
    private final PartTail tail;
    private final PartFooter footer;
    private final GroupReads groups;
    private final RangeSource pages;
    private final RangeSource columns;
    private final PartLookups lookups;

    PartReader(BlobStore store, Scheduler decode, BlobName name, PartTail tail) {
        this.store = store;
        this.name = name;
        this.tail = tail;
        this.footer = tail.footer();
        this.groups = new GroupReads(store, decode, name);
        this.pages = new PagedBytes(store, name, footer.pages());
        this.columns = new CheckedBlob(store, PartBlobNames.of(name).orc(), footer.columns());
        this.lookups = new PartLookups(footer, pages, groups);
    }

    /** The blob. */
    public BlobName name() {
        return name;
    }

    /** What the part is: its object, level, segments, and what it was made of. */
    public PartSpec spec() {
        return footer.spec();
    }

    public int rows() {
        return footer.counts().rows();
    }

    public PartStatistics statistics() {
        return footer.statistics(tail.tailBytes());
    }

    /**
     * Ordinals of versions that others took the place of: readers who ask for no version do not see them. Empty where the
     * object keeps none. Not to be changed.
     */
    public RoaringBitmap superseded() {
        return footer.superseded();
    }

    /** False where no row has the id; true for one of a hundred others as well. */
    public boolean mayHaveRow(String rowId) {
        return mayHaveRowHash(Placement.hash(rowId));
    }

    /** @param hash {@code Placement.hash} of the row id */
    public boolean mayHaveRowHash(long hash) {
        return tail.rowBloom().mayContain(hash);
    }

    /** As {@link #mayHaveRow}, of span ids as readers see them. */
    public boolean mayHaveSpan(String spanId) {
        return tail.spanBloom().mayContain(Placement.hash(spanId));
    }

    /** As {@link #mayHaveRow}, of traces; a row that names none is a trace that is called as the row is. */
    public boolean mayHaveTrace(String traceId) {
        return tail.traceBloom().mayContain(Placement.hash(traceId));
    }

    /** @throws IndexOutOfBoundsException where the part has no such row */
    public Mono<StoredRow> row(int ordinal) {
        var group = footer.groupOf(ordinal);
        return groups.rows(List.of(group)).next().map(read -> read.rows().get(ordinal - group.first()));
    }

    /** Rows that follow one another, decoded as they are asked for. */
    public Flux<PartRow> rows(int first, int count) {
        int next = Math.addExact(first, count);
        return groups.rows(footer.groupsOf(first, next)).concatMapIterable(group -> partRows(group, first, next), 1);
    }

    private List<PartRow> partRows(GroupReads.Rows read, int first, int next) {
        var group = read.group();
        boolean whole = first <= group.first() && group.next() <= next;
        return IntStream.range(Math.max(first, group.first()), Math.min(next, group.next()))
                .mapToObj(ordinal -> partRow(read, ordinal, whole))
                .toList();
    }

    private PartRow partRow(GroupReads.Rows read, int ordinal, boolean whole) {
        int i = ordinal - read.group().first();
        var row = PartRow.of(
                footer.spec().object(),
                read.entries().get(i).rowId(),
                read.rows().get(i));
        return whole ? row.from(read.frame(), new RowOrigin(this, ordinal)) : row;
    }

    /** The first of the rows that are compressed together with this one. */
    public int groupFirst(int ordinal) {
        return footer.groupOf(ordinal).first();
    }

    /** The ordinal after the last of these. */
    public int groupNext(int ordinal) {
        return footer.groupOf(ordinal).next();
    }

    /** What names each row, in order of ordinals: without the rows. */
    public Flux<PartKey> keys() {
        return keys(0, rows());
    }

    public Flux<PartKey> keys(int first, int count) {
        int next = Math.addExact(first, count);
        return groups.keys(footer.groupsOf(first, next)).concatMapIterable(read -> partKeys(read, first, next), 1);
    }

    private static List<PartKey> partKeys(GroupReads.Keys read, int first, int next) {
        var group = read.group();
        return IntStream.range(Math.max(first, group.first()), Math.min(next, group.next()))
                .mapToObj(ordinal -> partKey(ordinal, read.entry(ordinal)))
                .toList();
    }

    static PartKey partKey(int ordinal, RowEntry entry) {
        var stamps = new StoredRow(NOTHING, entry.header()).stamps();
        if (entry.arrival() >= stamps.size()) {
            throw new CorruptBlobException("row %d: write %d of %d".formatted(ordinal, entry.arrival(), stamps.size()));
        }
        return new PartKey(
                ordinal,
                entry.rowId(),
                entry.traceId(),
                stamps.get(entry.arrival()),
                stamps.getLast(),
                stamps,
                entry.header());
    }

    /** Ordinal of the first row of the stretch in which the row lies. */
    public int stretchOf(int ordinal) {
        return footer.groupOf(ordinal).first();
    }

    /** About how many bytes of JSON a row there has: as many as its neighbours on average. */
    public int bytesAround(int ordinal) {
        var group = footer.groupOf(ordinal);
        return group.json().uncompressedBytes() / group.rows() + 1;
    }

    /** The keys of the stretch in which the row lies, by one read. */
    public Mono<KeyStretch> keyStretch(int ordinal) {
        return groups.keys(List.of(footer.groupOf(ordinal))).next().map(KeyStretch::new);
    }

    /** The rows of a stretch whose keys are at hand, by one read. */
    public Mono<RowStretch> rowStretch(KeyStretch keys) {
        return groups.rowsOf(List.of(keys.keys())).next().map(RowStretch::new);
    }

    /** Ordinals of rows that may have the id, ascending: the keys say whether. By one read, or by none as {@link #mayHaveRow}. */
    public Mono<int[]> candidatesOf(String rowId) {
        return mayHaveRow(rowId) ? lookups.of(footer.rowIds(), rowId) : Mono.just(new int[0]);
    }

    /**
     * Of many ids those that rows may have. Each stretch of the lookup is read once, and none as {@link #mayHaveRow}.
     *
     * @param rowHashes {@code Placement.hash} of the ids, each once
     */
    public Flux<RowCandidate> candidatesOf(long[] rowHashes) {
        return lookups.of(
                footer.rowIds(),
                Arrays.stream(rowHashes).filter(this::mayHaveRowHash).toArray());
    }

    /** Of what it holds in memory. */
    public long tailBytes() {
        return tail.tailBytes();
    }

    /** The row, its newest version, by three reads; empty, and by none as a rule, where the part has no such row. */
    public Mono<PartRow> find(String rowId) {
        return located(rowId)
                .flatMap(found -> groups.rowsOf(List.of(found.keys()))
                        .next()
                        .map(rows -> partRows(rows, found.first(), found.next()).getFirst()));
    }

    /** The ordinal of the row, of its newest version, by two reads; by none where the filter knows that the part has no such row. */
    public Mono<OptionalInt> ordinalOf(String rowId) {
        return located(rowId).map(found -> OptionalInt.of(found.first())).defaultIfEmpty(OptionalInt.empty());
    }

    /** The rows of a trace, by three reads where they lie in one group; empty where it has none here. */
    public Flux<PartRow> trace(String traceId) {
        return members(traceId)
                .buffer(GROUPS_TOGETHER)
                .concatMap(
                        found -> groups.rowsOf(found.stream()
                                        .map(PartLookups.Located::keys)
                                        .toList())
                                .zipWithIterable(found, (rows, part) -> partRows(rows, part.first(), part.next())),
                        0)
                .concatMapIterable(rows -> rows, 1);
    }

    /** Ordinals of the trace's rows, ascending, by two reads; empty where it has none here. */
    public Mono<int[]> ordinalsOfTrace(String traceId) {
        return members(traceId)
                .collectList()
                .map(found -> found.stream()
                        .flatMapToInt(part -> IntStream.range(part.first(), part.next()))
                        .toArray());
    }

    private Mono<PartLookups.Located> located(String rowId) {
        return mayHaveRow(rowId) ? lookups.row(rowId) : Mono.empty();
    }

    private Flux<PartLookups.Located> members(String traceId) {
        return mayHaveTrace(traceId) ? lookups.trace(traceId) : Flux.empty();
    }

    /**
     * Ordinals at which rows of the trace may begin to lie side by side, ascending: the keys say whether, and how many there are.
     * By one read, or by none as {@link #mayHaveTrace}.
     */
    public Mono<int[]> runsOfTrace(String traceId) {
        return mayHaveTrace(traceId) ? lookups.of(footer.traces(), traceId) : Mono.just(new int[0]);
    }

    /** Whether the first row of a stretch is of the same trace as the row before it. */
    public boolean goesOnAt(int stretchFirst) {
        return footer.groupOf(stretchFirst).continues();
    }

    /** Ordinals of rows that may have the span id, ascending: nearly always just those that have it. By one read. */
    public Mono<int[]> ordinalsOfSpan(String spanId) {
        return mayHaveSpan(spanId) ? lookups.of(footer.spanIds(), spanId) : Mono.just(new int[0]);
    }

    List<PartFile> indexFiles() {
        return footer.index();
    }

    List<PartFile> textFiles() {
        return footer.text();
    }

    /** Lookups and files of indexes, one after another, as they were before they were compressed. */
    RangeSource pages() {
        return pages;
    }

    /** The index of paths and values, for {@code FieldSearch}. Reads of it block: never on an event loop. */
    public Directory index() {
        return PartDirectory.of(
                pages, footer.index(), Hotcache.parse(tail.hotcaches().getFirst()));
    }

    /** The index of texts, for {@code TextSearch}. Reads of it block: never on an event loop. */
    public Directory text() {
        return PartDirectory.of(
                pages, footer.text(), Hotcache.parse(tail.hotcaches().getLast()));
    }

    /** Checked bytes of the {@code .orc} beside the part. */
    public RangeSource columns() {
        return columns;
    }

    /**
     * Reads the whole part, to the last byte of its two blobs, and proves that its pieces say the same: every row is counted,
     * and found by filters and lookups under its ordinal. What indexes and columns say of rows is not looked into.
     */
    public Mono<Void> prove() {
        return new PartProof(store, name, tail, pages, columns).of(rows(0, rows()));
    }
}
