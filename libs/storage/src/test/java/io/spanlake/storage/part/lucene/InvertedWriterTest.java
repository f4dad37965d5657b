package io.spanlake.storage.part.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvertedWriterTest {
    private static final int DOCUMENTS = 5_000;
    private static final Map<String, String> FACTS = Map.of("version", "1", "note", "kept");

    private final Path folder;

    InvertedWriterTest(@TempDir Path temp) {
        folder = temp.resolve("index");
    }

    /** What was written, kept in the plainest way. */
    private final Map<String, Set<Integer>> expected = new TreeMap<>();

    private final List<Long> numbers = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 300_000, 1 << 20, 1 << 26})
    void termsAndValuesAreFoundAtTheirDocumentsHoweverLittleMemoryThereIs(long memoryBytes) throws IOException {
        write(memoryBytes, new Random(7));

        try (var directory = FSDirectory.open(folder);
                var segment = OneSegment.open(directory, "version", "1")) {
            assertThat(segment.documents()).isEqualTo(DOCUMENTS);
            assertThat(segment.facts()).isEqualTo(FACTS);
            assertThat(terms(segment)).isEqualTo(expected);
            assertThat(numbers(segment)).isEqualTo(numbers);
            assertThat(values(segment)).isEqualTo(values);
            assertThat(segment.between("number", -5, 5).getCardinality()).isEqualTo((int)
                    numbers.stream().filter(n -> n >= -5 && n < 5).count());
        }
    }

    @Test
    void anIndexWithoutDocumentsHasNoSegment() throws IOException {
        try (var writer = new InvertedWriter(folder, "terms", 1 << 20)) {
            writer.numbers("number");
            writer.finish(FACTS);
        }

        try (var directory = FSDirectory.open(folder);
                var segment = OneSegment.open(directory, "version", "1")) {
            assertThat(segment.documents()).isZero();
            assertThat(segment.reader()).isNull();
        }
    }

    @Test
    void aDocumentWithoutItsValueIsRefused() throws IOException {
        try (var writer = new InvertedWriter(folder, "terms", 1 << 20)) {
            writer.numbers("number");
            writer.endDocument();

            assertThatThrownBy(() -> writer.finish(FACTS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("0 values of number for 1 documents");
        }
    }

    private void write(long memoryBytes, Random chance) throws IOException {
        try (var writer = new InvertedWriter(folder, "terms", memoryBytes)) {
            var numberField = writer.numbers("number");
            var valueField = writer.bytes("value");
            var known = new HashMap<String, Integer>();
            int generation = writer.generation();
            for (int document = 0; document < DOCUMENTS; document++) {
                if (generation != writer.generation()) {
                    generation = writer.generation();
                    known.clear();
                }
                for (int i = chance.nextInt(20); i > 0; i--) {
                    add(writer, known, word(chance), document);
                }
                numbers.add(chance.nextLong(-20, 20));
                numberField.add(numbers.getLast());
                values.add("v".repeat(chance.nextInt(4)) + chance.nextInt(50));
                valueField.add(new BytesRef(values.getLast()));
                writer.endDocument();
            }
            writer.finish(FACTS);
        }
    }

    private void add(InvertedWriter writer, Map<String, Integer> known, String word, int document) {
        expected.computeIfAbsent(word, _ -> new TreeSet<>()).add(document);
        var number = known.get(word);
        if (number == null) {
            byte[] bytes = ("--" + word).getBytes(UTF_8);
            known.put(word, writer.term(bytes, 2, bytes.length));
        } else {
            writer.term(number);
        }
    }

    /** Some often, some once, some long; of bytes that are negative too. */
    private static String word(Random chance) {
        return switch (chance.nextInt(4)) {
            case 0 -> "w" + chance.nextInt(5);
            case 1 -> "é".repeat(chance.nextInt(12)) + chance.nextInt(40);
            case 2 -> "long ".repeat(1 + chance.nextInt(60)) + chance.nextInt(400);
            default -> Long.toString(chance.nextLong());
        };
    }

    private static Map<String, Set<Integer>> terms(OneSegment segment) throws IOException {
        var found = new TreeMap<String, Set<Integer>>();
        var terms = segment.terms("terms");
        if (terms == null) {
            return found;
        }
        var each = terms.iterator();
        for (var term = each.next(); term != null; term = each.next()) {
            var documents = new TreeSet<Integer>();
            var postings = each.postings(null, PostingsEnum.NONE);
            for (int at = postings.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = postings.nextDoc()) {
                documents.add(at);
            }
            found.put(term.utf8ToString(), documents);
        }
        return found;
    }

    private static List<Long> numbers(OneSegment segment) throws IOException {
        var found = new ArrayList<Long>();
        var reader = segment.reader();
        var each = reader == null ? null : reader.getNumericDocValues("number");
        while (each != null && each.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            found.add(each.longValue());
        }
        return found;
    }

    private static List<String> values(OneSegment segment) throws IOException {
        var found = new ArrayList<String>();
        var reader = segment.reader();
        var each = reader == null ? null : reader.getSortedDocValues("value");
        while (each != null && each.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            found.add(each.lookupOrd(each.ordValue()).utf8ToString());
        }
        return found;
    }
}
