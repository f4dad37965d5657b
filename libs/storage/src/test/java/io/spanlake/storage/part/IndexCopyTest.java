package io.spanlake.storage.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.row.RowState;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.text.TextQuery;
import io.spanlake.storage.part.text.TextSearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that go from part to part as they are: what indexes say of them is copied, and is what they would say made anew. */
class IndexCopyTest {
    private static final PartSettings SETTINGS = new PartSettings(2_000, 6_000, 1, 1 << 20);
    private static final List<String> FIELDS = List.of("input", "output");

    private final Path folder;
    private int parts;

    IndexCopyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void copiedIndexesAnswerAsThoseMadeAnew(long seed) throws IOException {
        var random = new Random(seed);
        var rows = new ArrayList<PartRow>();
        for (int source = 1 + random.nextInt(4); source > 0; source--) {
            rows.addAll(kept(part(PartFixtures.rows(seed * 10 + source, 1 + random.nextInt(200))), random));
        }
        if (random.nextBoolean()) {
            Collections.shuffle(rows, random);
        }
        int oneInAnew = 1 + random.nextInt(5);
        var mixed = rows.stream()
                .map(row -> random.nextInt(oneInAnew) == 0 ? row.indexedAnew() : row)
                .toList();

        var copied = written(mixed);
        var anew = written(rows.stream().map(PartRow::indexedAnew).toList());

        assertSame(copied, anew, "seed " + seed);
        copied.prove().block();
    }

    @Test
    void whatNoRowHoldsAnyMoreIsGone() throws IOException {
        var rows = List.of(
                PartFixtures.row("a", "t1", 1, "{\"id\":\"a\",\"input\":\"kept alike\"}"),
                PartFixtures.row(
                        "b", "t2", 2, "{\"id\":\"b\",\"input\":\"erased alike\",\"metadata\":{\"k\":\"secret\"}}"));
        var source = part(rows);

        var copied = written(source.rows(0, 2)
                .filter(row -> row.rowId().equals("a"))
                .collectList()
                .blockOptional()
                .orElseThrow());

        assertThat(terms(copied.text(), "words")).containsOnlyKeys("kept", "alike");
        assertThat(terms(copied.index(), "kv").keySet()).noneMatch(term -> term.contains("secret"));
    }

    @Test
    void nothingIsTakenApartAgainHoweverOftenItIsCopied() throws IOException {
        var part = part(PartFixtures.rows(1, 150));
        for (int merge = 0; merge < 3; merge++) {
            var rows = part.rows(0, part.rows()).collectList().blockOptional().orElseThrow();
            assertThat(rows).allMatch(row -> row.origin().isPresent());
            var again = written(rows);

            assertSame(again, part, "merge " + merge);
            part = again;
        }
    }

    private static List<PartRow> kept(PartReader source, Random random) {
        int oneIn = 1 + random.nextInt(20);
        return source.rows(0, source.rows())
                .filter(row ->
                        random.nextInt(oneIn) > 0 || row.origin().orElseThrow().ordinal() == 0)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static void assertSame(PartReader one, PartReader other, String as) throws IOException {
        assertThat(terms(one.index(), "kv")).as(as).isEqualTo(terms(other.index(), "kv"));
        try (var ones = FieldSearch.open(one.index());
                var others = FieldSearch.open(other.index())) {
            for (int row = 0; row < one.rows(); row++) {
                assertThat(ones.paginationKeys().of(row))
                        .as(as)
                        .isEqualTo(others.paginationKeys().of(row));
            }
        }
        var words = terms(one.text(), "words").keySet();
        assertThat(words).as(as).isEqualTo(terms(other.text(), "words").keySet());
        try (var ones = TextSearch.open(one.text());
                var others = TextSearch.open(other.text())) {
            for (var word : words) {
                for (var field : FIELDS) {
                    var query = new TextQuery.Match(word);
                    assertThat(ones.rows(query, List.of(field)))
                            .as("%s in %s, %s", word, field, as)
                            .isEqualTo(others.rows(query, List.of(field)));
                }
            }
        }
    }

    /** Of each term its documents. */
    private static Map<String, List<Integer>> terms(Directory directory, String field) throws IOException {
        var found = new TreeMap<String, List<Integer>>();
        try (var index = DirectoryReader.open(directory)) {
            assertThat(index.leaves()).hasSizeLessThan(2);
            for (var leaf : index.leaves()) {
                leaf.reader().checkIntegrity();
                var terms = leaf.reader().terms(field);
                if (terms != null) {
                    forEach(terms.iterator(), found::put);
                }
            }
        }
        return found;
    }

    private static void forEach(TermsEnum terms, BiConsumer<String, List<Integer>> action) throws IOException {
        PostingsEnum postings = null;
        for (var term = terms.next(); term != null; term = terms.next()) {
            var documents = new ArrayList<Integer>();
            postings = terms.postings(postings, PostingsEnum.NONE);
            for (int at = postings.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = postings.nextDoc()) {
                documents.add(at);
            }
            action.accept(new String(term.bytes, term.offset, term.length, StandardCharsets.ISO_8859_1), documents);
        }
    }

    private PartReader part(List<RowState> rows) {
        return put(PartFixtures.write(next(), rows, SETTINGS));
    }

    private PartReader written(List<PartRow> rows) throws IOException {
        try (var writer = new PartWriter(PartFixtures.SPEC, next(), SETTINGS)) {
            for (var row : rows) {
                writer.add(row);
            }
            return put(writer.finish());
        }
    }

    private Path next() {
        return folder.resolve("work-" + parts++);
    }

    private PartReader put(WrittenPart written) {
        return PartFixtures.put(PartFixtures.store(folder.resolve("store-" + parts)), written);
    }
}
