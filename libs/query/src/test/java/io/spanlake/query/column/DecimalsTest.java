package io.spanlake.query.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.column.ColumnVector.Fixed;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    @Test
    void timesInSecondsAreThousandthsOrMillionths() {
        var millis = Decimals.fixed(new double[] {1692529178.868, Double.NaN, -0.25}, 3)
                .orElseThrow();
        var micros = Decimals.fixed(new double[] {1692529178.868913, 2}, 2).orElseThrow();

        assertThat(millis.scale()).isEqualTo(3);
        assertThat(millis.units()).containsExactly(1692529178868L, Fixed.NULL, -250);
        assertThat(micros.scale()).isEqualTo(6);
        assertThat(micros.units()).containsExactly(1692529178868913L, 2_000_000);
    }

    @Test
    void secondsAsADoubleTellsThemAreBillionths() {
        var fine = Decimals.fixed(new double[] {1770001000.1234567, 2, Double.NaN, -0.000000001}, 4)
                .orElseThrow();

        assertThat(fine.scale()).isEqualTo(9);
        assertThat(fine.units()).containsExactly(1770001000123456700L, 2_000_000_000, Fixed.NULL, -1);
    }

    @Test
    void whatIsNoMultipleStaysADouble() {
        assertThat(Decimals.fixed(new double[] {1.0 / 3}, 1)).isEmpty();
        assertThat(Decimals.fixed(new double[] {1e300}, 1)).isEmpty();
        assertThat(Decimals.fixed(new double[] {Double.POSITIVE_INFINITY}, 1)).isEmpty();
    }

    @Test
    void unitsAreTheDecimalThatTheDoubleIsWrittenAs() {
        var random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            double number = Math.round(random.nextDouble() * 1e17) / Math.pow(10, random.nextInt(12));
            Decimals.fixed(new double[] {number}, 1)
                    .ifPresent(units -> assertThat(BigDecimal.valueOf(units.units()[0], units.scale()))
                            .isEqualByComparingTo(BigDecimal.valueOf(number)));
        }
    }
}
