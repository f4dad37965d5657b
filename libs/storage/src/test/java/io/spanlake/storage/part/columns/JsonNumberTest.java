package io.spanlake.storage.part.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "0e999999999999, 0",
        "5, 5",
        "5.0, 5",
        "0.5e1, 5",
        "50E-1, 5",
        "-7, -7",
        "999999999999999999, 999999999999999999",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807.000, 9223372036854775807",
        "9007199254740993, 9007199254740993",
        "1e18, 1000000000000000000"
    })
    void anIntegerIsOneHoweverItIsWritten(String text, long value) {
        assertThat(of(text)).isEqualTo(new JsonNumber.Whole(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "-2.5", "1e308", "4.9e-324", "1.7976931348623157E308", "1790000000.25e0", "1e19"})
    void aNumberThatADoubleGivesBackIsReal(String text) {
        assertThat(of(text)).isEqualTo(new JsonNumber.Real(Double.parseDouble(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808.5",
                "9223372036854775809",
                "0.10000000000000000555",
                "1e309",
                "-1e309",
                "1e-400",
                "5e-324",
                "1e99999999999",
                "1e-99999999999",
                "9007199254740993.5"
            })
    void whatADoubleWouldChangeIsBeyondIt(String text) {
        assertThat(of(text)).isEqualTo(JsonNumber.Beyond.BEYOND);
    }

    @Test
    void onlyIntegersOfADoubleFitOne() {
        assertThat(JsonNumber.fitsDouble(1L << 53)).isTrue();
        assertThat(JsonNumber.fitsDouble((1L << 53) + 1)).isFalse();
        assertThat(JsonNumber.fitsDouble(Long.MIN_VALUE)).isTrue();
        assertThat(JsonNumber.fitsDouble(Long.MAX_VALUE)).isFalse();
    }

    @Property(tries = 5_000)
    void neitherFormChangesTheValue(@ForAll("numbers") String text) {
        var exact = new BigDecimal(text);

        switch (of(text)) {
            case JsonNumber.Whole(long value) ->
                assertThat(BigDecimal.valueOf(value)).isEqualByComparingTo(exact);
            case JsonNumber.Real(double value) ->
                assertThat(new BigDecimal(Double.toString(value))).isEqualByComparingTo(exact);
            case JsonNumber.Beyond.BEYOND ->
                assertThat(heldByALongOrADouble(exact)).isFalse();
        }
    }

    private static boolean heldByALongOrADouble(BigDecimal exact) {
        double near = exact.doubleValue();
        boolean isDouble = Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(exact) == 0;
        boolean isWhole = exact.remainder(BigDecimal.ONE).signum() == 0;
        return isDouble || (isWhole && exact.toBigInteger().bitLength() < Long.SIZE);
    }

    @Provide
    Arbitrary<String> numbers() {
        var longs = Arbitraries.longs().map(Object::toString);
        var wide = Arbitraries.bigIntegers()
                .between(BigInteger.TWO.pow(80).negate(), BigInteger.TWO.pow(80))
                .map(Object::toString);
        var doubles = Arbitraries.doubles().map(Object::toString);
        var decimals = Combinators.combine(wide, Arbitraries.integers().between(-340, 340))
                .as((digits, exponent) -> digits + "e" + exponent);
        return Arbitraries.oneOf(longs, wide, doubles, decimals);
    }

    private static JsonNumber of(String text) {
        return JsonNumber.of(ByteSlice.ofUtf8(text));
    }
}
