package io.spanlake.storage.part.text;

import io.spanlake.storage.part.lucene.OneSegment;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.lucene.store.Directory;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers from the text piece of one part. Rows are named by their ordinals; whether they are dead is not known here. An
 * answer may have rows too many, to be checked on the row, and never has too few.
 *
 * <p>Safe for many threads. Every call may block on reads of the directory: never on an event loop.
 */
public final class TextSearch implements Closeable {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final OneSegment segment;
    private final TextFields fields;
    private final WordDocuments documents;

    private TextSearch(OneSegment segment) {
        this.segment = segment;
        this.fields = TextFields.of(segment.facts());
        this.documents = new WordDocuments(segment);
    }

    /** @throws IOException also where the index is of a version that is not known */
    public static TextSearch open(Directory directory) throws IOException {
        return new TextSearch(OneSegment.open(directory, TextIndexWriter.VERSION, TextIndexWriter.CURRENT_VERSION));
    }

    /** What a hotcache is recorded of: opening, and the way to a word. */
    public static void visit(Directory directory) throws IOException {
        try (var search = open(directory)) {
            search.rows(new TextQuery.Match("a"), List.of());
        }
    }

    /**
     * Rows with a field, among these, of which the question is true.
     *
     * @param names top-level fields
     * @return empty where the index cannot tell: the question has no word, or a field is none that holds text
     */
    public Optional<RoaringBitmap> rows(TextQuery query, Collection<String> names) throws IOException {
        var found = found(query);
        if (found.isEmpty() || !names.stream().allMatch(TextFields::isText)) {
            return Optional.empty();
        }
        var rows = new RoaringBitmap();
        for (var name : names) {
            rows.or(rowsOf(found, fields.asked(name)));
        }
        return Optional.of(rows);
    }

    /**
     * Whether every row that is found is an answer, but for those that have a key twice in one object: of one whole word that
     * is written in one way, in fields that the index tells apart.
     */
    public boolean isExact(TextQuery query, Collection<String> names) {
        return query instanceof TextQuery.Phrase(var words)
                && WordDocuments.isOneWord(words)
                && names.stream().noneMatch(name -> fields.asked(name).contains(TextFields.OTHER));
    }

    /** Texts for each part of the question; a row needs one for each. */
    private List<RoaringBitmap> found(TextQuery query) throws IOException {
        var found = new ArrayList<RoaringBitmap>();
        switch (query) {
            case TextQuery.Match(var words) -> {
                for (var piece : SPACES.split(words.strip(), 0)) {
                    documents.of(piece, false, false).ifPresent(found::add);
                }
            }
            case TextQuery.Phrase(var words) ->
                documents.of(words, false, false).ifPresent(found::add);
            case TextQuery.Prefix(var words) -> documents.of(words, false, true).ifPresent(found::add);
            case TextQuery.Substring(var characters) ->
                documents.of(characters, true, true).ifPresent(found::add);
        }
        return found;
    }

    /** Rows that hold a text of each set in one of the fields with these numbers. */
    private RoaringBitmap rowsOf(List<RoaringBitmap> found, List<Integer> numbers) throws IOException {
        if (numbers.isEmpty()) {
            return new RoaringBitmap();
        }
        RoaringBitmap all = null;
        for (var texts : found) {
            var rows = holders(texts, numbers);
            if (all == null) {
                all = rows;
            } else {
                all.and(rows);
            }
        }
        return Objects.requireNonNullElseGet(all, RoaringBitmap::new);
    }

    private RoaringBitmap holders(RoaringBitmap texts, List<Integer> numbers) throws IOException {
        var wanted = new RoaringBitmap[fields.size()];
        var rows = new RoaringBitmap();
        numbers.forEach(number -> wanted[number] = rows);
        documents.holders(texts, wanted);
        return rows;
    }

    /** Of the index: texts that the same rows hold share one. */
    public int documents() {
        return segment.documents();
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
