package io.spanlake.storage.part.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static final int TEXTS = 20_000;
    /** Neighbours of letters and digits too, and control characters that differ from a digit by the bit of case alone. */
    private static final String CHARACTERS = "aabbzZAMmn0019@[`{/:\u0010\u0019 _-\u007fé\u00dfЖж\u0301中文\u200d😀";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wordsAreWhatCharacterByCharacterIsAWordWhereverTheTextLies(long seed) {
        var random = new Random(seed);

        for (int i = 0; i < TEXTS; i++) {
            var text = text(random);
            assertThat(words(text, random)).as("%s, seed %d", text, seed).isEqualTo(plain(text));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void shortWordsAreToldApartByOneNumber(long seed) {
        var random = new Random(seed);
        Map<Long, String> seen = new HashMap<>();
        for (int i = 0; i < TEXTS; i++) {
            var bytes = text(random).getBytes(UTF_8);
            var words = new Words();
            words.reset(bytes, 0, bytes.length);
            while (words.next()) {
                if (words.length() <= Long.BYTES) {
                    var word = new String(words.bytes(), 0, words.length(), UTF_8);
                    assertThat(seen.merge(words.packed(), word, (known, _) -> known))
                            .isEqualTo(word);
                }
            }
        }
        assertThat(seen).doesNotContainKey(0L);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(CHARACTERS.codePointCount(0, CHARACTERS.length()));
            // Mostly letters, so that words are long.
            text.appendCodePoint(CHARACTERS.codePointAt(
                    CHARACTERS.offsetByCodePoints(0, random.nextInt(3) == 0 ? at : Math.min(at, random.nextInt(14)))));
        }
        return text.toString();
    }

    /** The text stands among letters that are none of it. */
    private static List<String> words(String text, Random random) {
        var before = "x".repeat(random.nextInt(9));
        var bytes = (before + text + "y".repeat(random.nextInt(20))).getBytes(UTF_8);
        var words = new Words();
        words.reset(bytes, before.length(), before.length() + text.getBytes(UTF_8).length);
        var found = new ArrayList<String>();
        while (words.next()) {
            found.add(new String(words.bytes(), 0, words.length(), UTF_8));
        }
        return found;
    }

    private static List<String> plain(String text) {
        var found = new ArrayList<String>();
        var word = new StringBuilder();
        boolean alone = false;
        for (int codePoint : text.codePoints().toArray()) {
            byte kind = Letters.kind(codePoint);
            boolean begins = kind == Letters.LETTER && (alone || word.isEmpty());
            boolean goesOn = !word.isEmpty() && (kind == Letters.MARK || kind == Letters.IGNORED);
            if (!goesOn && !(kind == Letters.LETTER && !begins)) {
                end(word, found);
            }
            if (kind == Letters.LETTER || kind == Letters.ALONE) {
                alone = kind == Letters.ALONE;
            }
            if (kind == Letters.LETTER || kind == Letters.ALONE || (goesOn && kind == Letters.MARK)) {
                word.appendCodePoint(Letters.folded(codePoint));
            }
        }
        end(word, found);
        return found;
    }

    private static void end(StringBuilder word, List<String> found) {
        if (!word.isEmpty()) {
            found.add(word.toString());
            word.setLength(0);
        }
    }
}
