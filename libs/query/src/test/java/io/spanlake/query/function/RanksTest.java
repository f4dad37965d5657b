package io.spanlake.query.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class RanksTest {
    @RepeatedTest(200)
    void theNumberOfARankIsThatOfTheSortedOnes(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        int count = 1 + random.nextInt(40);
        var numbers = new double[count + 5];
        Arrays.setAll(numbers, i -> i < count ? random.nextInt(10) - 5 : -1_000);
        var sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        int rank = random.nextInt(count);

        assertThat(Ranks.at(numbers, count, rank)).isEqualTo(sorted[rank]);
        if (rank + 1 < count) {
            assertThat(Ranks.smallestBehind(numbers, count, rank)).isEqualTo(sorted[rank + 1]);
        }
    }
}
