package io.spanlake.storage.processed;

import static io.spanlake.storage.processed.StateFixtures.LOGS;
import static io.spanlake.storage.processed.StateFixtures.stamp;
import static io.spanlake.storage.processed.StateFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.JsonText;
import io.spanlake.model.row.RowState;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Grüße aus KÖLN",
                "Привет, мир",
                "三島由紀夫の「金閣寺」",
                "สวัสดีชาวโลก",
                "안녕하세요 세계",
                "שלום עולם",
                "مرحبا بالعالم",
                "नमस्ते दुनिया",
                "can't stop-3.14 foo_bar x",
                "a\tb\nc\u2028d",
                "\uD83D\uDE00 smile \uD835\uDC00"
            })
    void aWordIsFoundHoweverItsJsonIsWritten(String text) {
        var escaped = new StringBuilder("\"");
        text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));

        assertThat(wordsOfJson(escaped.append('"').toString())).isEqualTo(words(text));
        assertThat(wordsOfJson(JsonText.encodeString(text).toUtf8())).isEqualTo(words(text));
        var upper = new StringBuilder();
        text.codePoints().map(Character::toUpperCase).forEach(upper::appendCodePoint);
        assertThat(words(upper.toString())).isEqualTo(words(text));
        assertThat(words(text)).isNotEmpty();
    }

    @Test
    void escapesStandBetweenWords() {
        assertThat(wordsOfJson("\"foo\\nbar\\\\baz\\\"q\\ud800z\"")).isEqualTo(words("foo bar baz q z"));
        assertThat(wordsOfJson("\"\\ud83d\\ude00x\"")).isEqualTo(words("x"));
    }

    @Property(tries = 2_000)
    void whatIsThereIsAlwaysFound(@ForAll String text) {
        var words = new WordSet();
        Words.ofJson(JsonText.encodeString(text), words::add);
        var filter = TokenFilter.read(words.take(8).bytes());

        assertThat(filter.mayHaveWords(text)).isTrue();
        for (var part : parts(text)) {
            assertThat(filter.mayHaveWords(part)).isTrue();
        }
    }

    /** Between breaks that Unicode's rules see, nothing of ours goes on. */
    private static List<String> parts(String text) {
        var breaks = BreakIterator.getWordInstance(Locale.ROOT);
        breaks.setText(text);
        var parts = new ArrayList<String>();
        int first = breaks.first();
        for (int next = breaks.next(); next != BreakIterator.DONE; next = breaks.next()) {
            parts.add(text.substring(first, next));
            first = next;
        }
        return parts;
    }

    @Test
    void nearlyAllThatIsNotThereIsMissed() {
        var random = new Random(7);
        var words = new WordSet();
        for (int i = 0; i < 20_000; i++) {
            Words.of("there" + i, words::add);
        }
        var filter = TokenFilter.read(words.take(10).bytes());

        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            found += filter.mayHaveWords("away" + random.nextInt()) ? 1 : 0;
        }

        assertThat(found).isLessThan(500);
    }

    @Test
    void eachFrameHasTheWordsOfItsRowsKeysAndCommentsToo() {
        var full = write(
                LOGS,
                "r",
                "t",
                stamp(1, 0),
                WriteKind.FULL,
                "{\"input\":{\"Question\":\"How far is Rome?\"},\"n\":12}");
        var merge = write(LOGS, "r", "t", stamp(2, 0), WriteKind.MERGE, "{\"input\":{\"answer\":\"Two days\"}}");
        var comment = write(
                LOGS, "r", "t", stamp(3, 0), WriteKind.COMMENT, "{\"id\":\"c\",\"comment\":{\"text\":\"wrong\"}}");
        var state = RowState.of(full).join(RowState.of(merge)).join(RowState.of(comment));

        var filter = filterOf(state);

        assertThat(filter.mayHaveWords("how FAR")).isTrue();
        assertThat(filter.mayHaveWords("question 12 two days wrong")).isTrue();
        assertThat(filter.mayHaveWords("how near")).isFalse();
        assertThat(filter.mayHaveWords("?!")).isTrue();
    }

    @Test
    void aFilterIsOfItsOwnFrameAlone() {
        var words = new WordSet();
        Words.of("first", words::add);
        words.take(10);
        Words.of("second", words::add);

        var filter = TokenFilter.read(words.take(10).bytes());

        assertThat(filter.mayHaveWords("second")).isTrue();
        assertThat(filter.mayHaveWords("first")).isFalse();
    }

    private static TokenFilter filterOf(RowState state) {
        var blob = StateFixtures.joined(StateFixtures.encoded(
                ProcessedEncoding.DEFAULT,
                List.of(StateFixtures.section(StateFixtures.SEGMENT, LOGS, 0, List.of(state)))));
        var frame = ProcessedBlobReader.footerOf(blob)
                .framesOf(StateFixtures.SEGMENT)
                .getFirst();
        var ref = frame.filter();
        return ProcessedFrameReader.filter(frame, blob.slice((int) ref.offset(), ref.length()));
    }

    private static Set<Long> words(String text) {
        var words = new HashSet<Long>();
        Words.of(text, words::add);
        return words;
    }

    private static Set<Long> wordsOfJson(String json) {
        var words = new HashSet<Long>();
        Words.ofJson(ByteSlice.ofUtf8(json), words::add);
        return words;
    }
}
