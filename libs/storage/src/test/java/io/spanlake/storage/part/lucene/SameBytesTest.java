package io.spanlake.storage.part.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameBytesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 200})
    void anyByteThatDiffersIsSeenAndNoneBeside(int length) {
        var random = new Random(length);
        for (int before = 0; before < 10; before++) {
            for (int after = 0; after < 10; after++) {
                var one = new byte[before + length + after];
                var other = new byte[9 - before + length + 9 - after];
                random.nextBytes(one);
                random.nextBytes(other);
                System.arraycopy(one, before, other, 9 - before, length);

                assertThat(SameBytes.of(one, before, other, 9 - before, length)).isTrue();
                for (int at = 0; at < length; at++) {
                    one[before + at] ^= 1;
                    assertThat(SameBytes.of(one, before, other, 9 - before, length))
                            .as("byte %d of %d", at, length)
                            .isFalse();
                    one[before + at] ^= 1;
                }
            }
        }
    }
}
