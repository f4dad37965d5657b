package io.spanlake.storage.part.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentListTest {
    private final DocumentList list = new DocumentList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50, 1_000, 100_000, Integer.MAX_VALUE})
    void whatSeveralSourcesGiveComesInOrderHoweverDenseItIs(int bound) {
        var random = new Random(bound);
        for (int round = 0; round < 200; round++) {
            int most = Math.min(bound, random.nextInt(3_000) + 1);
            var documents = random.ints(most, 0, bound).distinct().boxed().toList().stream()
                    .mapToInt(each -> each)
                    .toArray();
            list.clear();
            addInRuns(documents, random);

            list.sort();

            var expected = documents.clone();
            Arrays.sort(expected);
            assertThat(Arrays.copyOf(list.array(), list.size())).isEqualTo(expected);
        }
    }

    /** Of each source in its order, or one by one. */
    private void addInRuns(int[] documents, Random random) {
        int first = 0;
        while (first < documents.length) {
            int next = Math.min(documents.length, first + 1 + random.nextInt(500));
            if (random.nextBoolean()) {
                Arrays.sort(documents, first, next);
                list.addAscending(documents, first, next);
            } else {
                for (int i = first; i < next; i++) {
                    list.add(documents[i]);
                }
            }
            first = next;
        }
    }
}
