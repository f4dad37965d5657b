package io.spanlake.storage.part.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExactSumTest {
    @Test
    void tenTimesATenthIsOne() {
        var sum = new ExactSum();

        for (int i = 0; i < 10; i++) {
            sum.add(0.1);
        }

        assertThat(sum.total()).isEqualTo(BigDecimal.ONE);
    }

    @Property
    void noOrderChangesIt(@ForAll List<Double> doubles, @ForAll List<Long> longs, @ForAll Random random) {
        var numbers = new ArrayList<Number>(doubles);
        numbers.addAll(longs);
        var naive = BigDecimal.ZERO;
        for (var number : numbers) {
            naive = naive.add(new BigDecimal(number.toString()));
        }
        Collections.shuffle(numbers, random);

        var sum = new ExactSum();
        numbers.forEach(number -> {
            if (number instanceof Long whole) {
                sum.add(whole.longValue());
            } else {
                sum.add(number.doubleValue());
            }
        });

        assertThat(sum.total()).isEqualByComparingTo(naive);
    }
}
