package io.spanlake.storage.part.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnStatisticsCodecTest {
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static ByteSlice bytesOf(List<ColumnStatistics> statistics) {
        var out = new BinaryWriter(64);
        ColumnStatisticsCodec.write(statistics, out);
        return out.toSlice();
    }

    private static List<ColumnStatistics> read(ByteSlice bytes) {
        return ColumnStatisticsCodec.read(new BinaryReader(bytes, Malformed::new));
    }

    @Test
    void theBytesAreTheDocumentedOnes() {
        var statistics = new ColumnStatistics(
                Column.of(ColumnType.INTEGER, "metrics", "tokens"),
                2,
                1,
                Optional.of(new ColumnValue.Whole(-1)),
                Optional.of(new ColumnValue.Whole(500)),
                Optional.of(new BigDecimal("499")));

        assertThat(HexFormat.of().formatHex(bytesOf(List.of(statistics)).toArray()))
                .isEqualTo("01" + "0e" + "6d6574726963732e746f6b656e73" + "02" + "0000000000000002"
                        + "0000000000000001" + "03" + "ffffffffffffffff" + "00000000000001f4" + "02" + "01f3"
                        + "0000000000000000");
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("statistics") List<ColumnStatistics> statistics) {
        assertThat(read(bytesOf(statistics))).isEqualTo(statistics);
    }

    @Property(tries = 200)
    void aTailThatIsCutIsNotBelieved(@ForAll("statistics") List<ColumnStatistics> statistics) {
        var bytes = bytesOf(statistics);

        for (int length = 0; length < bytes.length(); length++) {
            var cut = bytes.slice(0, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(Malformed.class);
        }
    }

    @Provide
    Arbitrary<List<ColumnStatistics>> statistics() {
        var text = Arbitraries.strings().withCharRange('\u0000', '\uD7FF').ofMaxLength(12);
        var path = text.list().ofMinSize(1).ofMaxSize(3).map(ColumnPath::new);
        var counts = Arbitraries.longs().greaterOrEqual(0);
        var columns =
                Combinators.combine(path, Arbitraries.of(ColumnType.class)).as(Column::new);
        return Combinators.combine(columns, counts, counts, text, Arbitraries.longs(), Arbitraries.bigDecimals())
                .as((column, values, leftOut, someText, number, sum) -> {
                    var bound = bound(column.type(), someText, number);
                    return new ColumnStatistics(
                            column,
                            values,
                            leftOut,
                            bound,
                            bound,
                            Optional.of(sum).filter(any -> column.type().hasSum()));
                })
                .list()
                .ofMaxSize(5);
    }

    private static Optional<ColumnValue> bound(ColumnType type, String text, long number) {
        return switch (type) {
            case INTEGER -> Optional.of(new ColumnValue.Whole(number));
            case TIME -> Optional.of(new ColumnValue.Time(number));
            case DOUBLE -> Optional.of(new ColumnValue.Real(number / 3.0));
            case TEXT -> Optional.of(new ColumnValue.Text(text));
            case BOOLEAN, TEXTS -> Optional.empty();
        };
    }
}
