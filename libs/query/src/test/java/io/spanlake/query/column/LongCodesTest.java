package io.spanlake.query.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongCodesTest {
    private static final List<Long> FIRST =
            List.of(0L, 493_000L, -7L, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 9);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesBackWhatWasPutNearAndFarFromTheFirst(long seed) {
        var random = new Random(seed);
        for (long first : FIRST) {
            var codes = new LongCodes();
            Map<Long, Integer> expected = new HashMap<>();
            assertThat(codes.get(first)).isEqualTo(-1);
            codes.put(first, 0);
            expected.put(first, 0);

            for (int i = 1; i < 5_000; i++) {
                long key = first + (random.nextLong() >> random.nextInt(64));
                assertThat(codes.get(key)).as("seed %d", seed).isEqualTo(expected.getOrDefault(key, -1));
                codes.put(key, i);
                expected.put(key, i);
            }

            expected.forEach((key, code) -> assertThat(codes.get(key)).isEqualTo(code));
        }
    }
}
