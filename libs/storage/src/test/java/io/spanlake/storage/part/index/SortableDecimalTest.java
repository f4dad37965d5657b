package io.spanlake.storage.part.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class SortableDecimalTest {
    private static final List<String> IN_ORDER = List.of(
            "-1e1000000000",
            "-1e400",
            "-1.7976931348623157e308",
            "-9223372036854775809",
            "-9223372036854775808",
            "-9223372036854775807",
            "-9007199254740993",
            "-9007199254740992",
            "-100",
            "-99.999",
            "-10",
            "-1.5",
            "-1",
            "-0.1",
            "-0.01",
            "-5e-324",
            "-1e-1000000000",
            "0",
            "1e-1000000000",
            "5e-324",
            "1e-33",
            "1e-32",
            "0.001",
            "0.01",
            "0.1",
            "0.1000000000000000055511151231257827",
            "0.11",
            "0.9",
            "1",
            "1.0000000000000000000000000000000001",
            "1.5",
            "9",
            "10",
            "10.01",
            "11",
            "99",
            "100",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775806",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "1e30",
            "1e31",
            "1e32",
            "1.7976931348623157e308",
            "1e400",
            "1e1000000000");

    @Test
    void bytesSortAsTheNumbersDo() {
        var encoded = IN_ORDER.stream().map(SortableDecimalTest::encoded).toList();

        assertThat(encoded).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void equalNumbersAreEqualBytes() {
        assertThat(List.of("1", "1.0", "1.00", "10e-1", "0.1E+1", "100e-2", "0.01e2"))
                .allSatisfy(same -> assertThat(encoded(same)).isEqualTo(encoded("1")));
        assertThat(List.of("0", "-0", "0.0", "-0.000", "0e5", "-0E-7"))
                .allSatisfy(same -> assertThat(encoded(same)).isEqualTo(encoded("0")));
    }

    @Test
    void noNumberIsTheBeginningOfAnother() {
        var encoded = IN_ORDER.stream().map(SortableDecimalTest::encoded).toList();

        assertThat(encoded)
                .allSatisfy(one -> assertThat(encoded.stream().filter(other -> beginsWith(other, one)))
                        .containsExactly(one));
    }

    @Test
    void whatIsCutSaysSo() {
        assertThat(isExact("1".repeat(3_999))).isTrue();
        assertThat(isExact("1".repeat(4_001))).isFalse();
        assertThat(isExact("1e1073741823")).isTrue();
        assertThat(isExact("1e99999999999999999999")).isFalse();
        assertThat(isExact("-1e-99999999999999999999")).isFalse();
    }

    @Property(tries = 5_000)
    void anyTwoCompareAsDecimals(@ForAll("numbers") BigDecimal a, @ForAll("numbers") BigDecimal b) {
        int order = encoded(a.toString()).compareTo(encoded(b.toString()));

        assertThat(Integer.signum(order)).isEqualTo(a.compareTo(b));
        assertThat(encoded(a.toPlainString())).isEqualTo(encoded(a.toString()));
    }

    @Property(tries = 2_000)
    void doublesCompareAsTheirShortestText(@ForAll double a, @ForAll double b) {
        int order = encoded(Double.toString(a)).compareTo(encoded(Double.toString(b)));

        assertThat(Integer.signum(order))
                .isEqualTo(new BigDecimal(Double.toString(a)).compareTo(new BigDecimal(Double.toString(b))));
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        var wide = Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
                .flatMap(digits -> Arbitraries.integers().between(-60, 60).map(scale -> new BigDecimal(digits, scale)));
        var near = Arbitraries.integers().between(-300, 300).map(n -> new BigDecimal(BigInteger.valueOf(n), 1));
        return Arbitraries.oneOf(wide, near);
    }

    private static boolean isExact(String number) {
        byte[] bytes = number.getBytes(StandardCharsets.US_ASCII);
        return SortableDecimal.append(new TermBytes(), bytes, 0, bytes.length);
    }

    private static BytesRef encoded(String number) {
        byte[] bytes = number.getBytes(StandardCharsets.US_ASCII);
        var term = new TermBytes();
        SortableDecimal.append(term, bytes, 0, bytes.length);
        return term.copy();
    }

    private static boolean beginsWith(BytesRef whole, BytesRef beginning) {
        return whole.length >= beginning.length
                && new BytesRef(whole.bytes, whole.offset, beginning.length).equals(beginning);
    }
}
