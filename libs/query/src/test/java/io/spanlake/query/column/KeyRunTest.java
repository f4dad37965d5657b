package io.spanlake.query.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.roaringbitmap.RoaringBitmap;

class KeyRunTest {
    @RepeatedTest(60)
    void runsAreThePartsSortedTogether(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        boolean descending = random.nextBoolean();
        var expected = new ArrayList<Long>();
        var parts = new ArrayList<KeyRun.Part>();
        Optional<Value> from = random.nextBoolean() ? Optional.of(new LongValue(20)) : Optional.empty();
        for (int place = 0; place < 3; place++) {
            parts.add(part(random, place, descending, from.isPresent(), expected));
        }
        expected.sort(descending ? Comparator.reverseOrder() : Comparator.naturalOrder());

        var run = new KeyRun(parts, descending, from);
        var found = new ArrayList<Long>();
        for (List<KeyRun.Place> places = run.next(7); !places.isEmpty(); places = run.next(7)) {
            places.forEach(place -> found.add(((LongValue) run.value(place)).value()));
        }

        assertThat(found).isEqualTo(expected);
    }

    private static KeyRun.Part part(
            Random random, int place, boolean descending, boolean bounded, List<Long> expected) {
        var units = new long[random.nextInt(10_000)];
        var selected = new RoaringBitmap();
        var leftOut = new RoaringBitmap();
        boolean dense = random.nextBoolean();
        for (int row = 0; row < units.length; row++) {
            units[row] = random.nextInt(9) == 0 ? ColumnVector.Fixed.NULL : random.nextInt(40);
            if (dense || random.nextInt(50) == 0) {
                selected.add(row);
                if (random.nextInt(20) == 0) {
                    leftOut.add(row);
                } else if (units[row] != ColumnVector.Fixed.NULL
                        && (!bounded || (descending ? units[row] <= 20 : units[row] >= 20))) {
                    expected.add(units[row]);
                }
            }
        }
        return KeyRun.Part.of(ColumnVector.Fixed.of(units, 0, leftOut), selected, place)
                .orElseThrow();
    }
}
