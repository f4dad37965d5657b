package io.spanlake.query.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class KeyRunTest {
    @RepeatedTest(60)
    void runsAreThePartsSortedTogether(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        boolean descending = random.nextBoolean();
        var expected = new ArrayList<Long>();
        var parts = new ArrayList<KeyedPart>();
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

    @RepeatedTest(30)
    void doublesAreInOneOrderWithDecimals(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        boolean descending = random.nextBoolean();
        var doubles = random.doubles(5_000)
                .map(number -> random.nextInt(9) == 0 ? Double.NaN : (number - 0.5) * 10)
                .toArray();
        var units = random.longs(5_000, -5_000_000, 5_000_000).toArray();
        var expected = new ArrayList<BigDecimal>();
        Arrays.stream(doubles)
                .filter(number -> !Double.isNaN(number))
                .mapToObj(BigDecimal::valueOf)
                .forEach(expected::add);
        Arrays.stream(units)
                .mapToObj(unit -> BigDecimal.valueOf(unit, 6).stripTrailingZeros())
                .forEach(expected::add);
        expected.sort(descending ? Comparator.reverseOrder() : Comparator.naturalOrder());

        var run = new KeyRun(
                List.of(
                        whole(new ColumnVector.Doubles(doubles, new RoaringBitmap()), doubles.length, 0),
                        whole(ColumnVector.Fixed.of(units, 6, new RoaringBitmap()), units.length, 1)),
                descending,
                Optional.empty());
        var found = new ArrayList<BigDecimal>();
        for (List<KeyRun.Place> places = run.next(100); !places.isEmpty(); places = run.next(100)) {
            assertThat(decimal(run.first(places))).isEqualByComparingTo(expected.get(found.size()));
            places.forEach(place -> found.add(decimal(run.value(place))));
        }

        assertThat(found).usingElementComparator(Comparator.naturalOrder()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunBeginsWithAllThatAreWhereItIsToBegin(boolean descending) {
        var random = new Random(11);
        var units = random.longs(2_000, 1_770_000_000_000_000_000L, 1_771_000_000_000_000_000L)
                .map(unit -> unit / 100 * 100)
                .toArray();
        for (long unit : Arrays.copyOf(units, 300)) {
            var run = new KeyRun(
                    List.of(
                            whole(new ColumnVector.Doubles(new double[] {12.34567890123}, new RoaringBitmap()), 1, 0),
                            whole(ColumnVector.Fixed.of(units, 9, new RoaringBitmap()), units.length, 1)),
                    descending,
                    Optional.of(NumberValue.of(BigDecimal.valueOf(unit, 9))));

            var found =
                    run.next(1).stream().map(place -> decimal(run.value(place))).toList();

            assertThat(found).usingElementComparator(Comparator.naturalOrder()).contains(BigDecimal.valueOf(unit, 9));
        }
    }

    @Test
    void ofValuesThatOneDoubleStandsForTheFirstIsTold() {
        // One unit of these is less than doubles of this size are apart.
        long large = 4_000_000_000_000_000_000L;
        var run = new KeyRun(
                List.of(
                        whole(new ColumnVector.Doubles(new double[] {1.5}, new RoaringBitmap()), 1, 0),
                        whole(
                                ColumnVector.Fixed.of(
                                        new long[] {large + 1, large + 3, large + 2}, 6, new RoaringBitmap()),
                                3,
                                1)),
                true,
                Optional.empty());

        var places = run.next(1);

        assertThat(places).hasSize(3);
        assertThat(decimal(run.first(places))).isEqualByComparingTo(BigDecimal.valueOf(large + 3, 6));
    }

    private static BigDecimal decimal(Value value) {
        return ((NumberValue) value).decimal();
    }

    private static KeyedPart whole(ColumnVector vector, int rows, int place) {
        return KeyedPart.of(vector, RoaringBitmap.bitmapOfRange(0, rows), place).orElseThrow();
    }

    private static KeyedPart part(Random random, int place, boolean descending, boolean bounded, List<Long> expected) {
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
        return KeyedPart.of(ColumnVector.Fixed.of(units, 0, leftOut), selected, place)
                .orElseThrow();
    }
}
