package io.spanlake.query.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TextValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class NameTableTest {
    @Test
    void eachTextHasOneNumberHoweverManyThereAre() {
        var random = new Random(7);
        var table = new NameTable();
        var numbers = new HashMap<String, Integer>();
        var codes = new ArrayList<Integer>();
        var texts = new ArrayList<String>();
        for (int i = 0; i < 500_000; i++) {
            var text = random.nextInt(10) == 0 ? "" : "имя-%d".formatted(random.nextInt(300_000));
            int number = table.number(text);
            assertThat(number).isEqualTo(numbers.computeIfAbsent(text, _ -> numbers.size() + 1));
            codes.add(number);
            texts.add(text);
        }
        codes.add(0);

        var vector = table.vector(codes.stream().mapToInt(Integer::intValue).toArray(), new RoaringBitmap());

        for (int row = 0; row < texts.size(); row += 97) {
            assertThat(vector.value(row)).isEqualTo(new TextValue(texts.get(row)));
        }
        assertThat(vector.isNull(texts.size())).isTrue();
        assertThat(vector.value(texts.size())).isEqualTo(NullValue.NULL);
    }
}
