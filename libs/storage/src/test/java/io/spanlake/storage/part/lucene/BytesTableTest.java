package io.spanlake.storage.part.lucene;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTableTest {
    private static final int STRINGS = 20_000;

    private final BytesTable table = new BytesTable();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void equalStringsHaveOneNumberWhereverTheyStand(long seed) {
        var random = new Random(seed);
        var numbers = new LinkedHashMap<String, Integer>();

        for (int i = 0; i < STRINGS; i++) {
            var string = string(random);
            assertThat(add(string, random)).isEqualTo(numbers.computeIfAbsent(string, _ -> numbers.size()));
        }

        assertThat(table.count()).isEqualTo(numbers.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9, 10})
    void theOrderIsThatOfTheBytesUnsigned(long seed) {
        var random = new Random(seed);
        var strings = new ArrayList<byte[]>();
        for (int i = 0; i < STRINGS; i++) {
            var string = string(random);
            if (add(string, random) == strings.size()) {
                strings.add(string.getBytes(ISO_8859_1));
            }
        }

        assertThat(inOrder())
                .isEqualTo(hex(strings.stream().sorted(Arrays::compareUnsigned).toList()));
    }

    @Test
    void whatEndsGoesBeforeWhatGoesOnWithZeros() {
        var strings = new ArrayList<byte[]>();
        for (int zeros = 40; zeros >= 0; zeros--) {
            strings.add(new byte[zeros]);
            var more = new byte[zeros + 1];
            more[zeros] = 1;
            strings.add(more);
        }
        strings.forEach(each -> table.add(each, 0, each.length));

        assertThat(inOrder())
                .isEqualTo(hex(strings.stream().sorted(Arrays::compareUnsigned).toList()));
    }

    /** Somewhere within other bytes, which must not matter. */
    private int add(String string, Random random) {
        var bytes = string.getBytes(ISO_8859_1);
        int before = random.nextInt(3);
        var around = new byte[before + bytes.length + random.nextInt(10)];
        random.nextBytes(around);
        System.arraycopy(bytes, 0, around, before, bytes.length);
        return table.add(around, before, before + bytes.length);
    }

    /** Few letters and long beginnings in common, so that many are alike, and zeros among them. */
    private static String string(Random random) {
        var string = new StringBuilder(
                "metadata.model".substring(0, random.nextInt(15)).repeat(random.nextInt(3)));
        int length = random.nextInt(random.nextInt(4) == 0 ? 24 : 6);
        for (int i = 0; i < length; i++) {
            string.append("\0\1a\u00ff".charAt(random.nextInt(4)));
        }
        return string.toString();
    }

    private List<String> inOrder() {
        var found = new ArrayList<byte[]>();
        var string = new BytesRef();
        for (int number : table.sorted()) {
            table.get(number, string);
            found.add(BytesRef.deepCopyOf(string).bytes);
        }
        return hex(found);
    }

    private static List<String> hex(List<byte[]> strings) {
        return strings.stream().map(each -> new String(each, ISO_8859_1)).toList();
    }
}
