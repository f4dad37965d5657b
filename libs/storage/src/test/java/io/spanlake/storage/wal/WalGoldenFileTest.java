package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A file that a program of long ago wrote. */
class WalGoldenFileTest {
    @Test
    void versionOneIsReadForEver() throws IOException {
        var contents = WalObjectReader.readAll(golden());

        assertThat(contents.organization()).isEqualTo(GoldenWal.ORGANIZATION);
        assertThat(contents.sections()).isEqualTo(GoldenWal.sections());
    }

    @Test
    void itsFooterSaysTheSumsOfItsWrites() throws IOException {
        var footer = WalObjectReader.footerOf(golden());

        assertThat(footer.sections())
                .extracting(WalSectionFooter::stampSum)
                .containsExactlyElementsOf(GoldenWal.sections().stream()
                        .map(section -> StampSum.of(section.writes()))
                        .toList());
        assertThat(footer.section(0).orElseThrow().stampSum()).isEqualTo(0x2218_5EB2_E2C2_CB84L);
        assertThat(footer.section(7).orElseThrow().stampSum()).isEqualTo(0xD3B9_466E_129A_1360L);
    }

    @Test
    void itBeginsAndEndsAsItIsWritten() throws IOException {
        var golden = golden();

        assertThat(HexFormat.of().formatHex(golden.slice(0, 16).toArray()))
                .isEqualTo("534c4b57414c0d0a010000000ad61c5b");
        assertThat(golden.slice(golden.length() - 8, 8).toUtf8()).isEqualTo("SLKWAL\r\n");
    }

    @Test
    void todaysProgramWritesTheSame() throws IOException {
        var today = WalObjectWriter.encode(GoldenWal.ORGANIZATION, GoldenWal.sections(), GoldenWal.ENCODING);

        // Not byte by byte: another release of zstd may choose other bytes for the same content.
        var footer = WalObjectReader.footerOf(joined(today));
        assertThat(WalFormat.FORMAT.header().array())
                .startsWith(golden().slice(0, 16).toArray());
        assertThat(footer.sections())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*(length|crc32c|offset|Offset)")
                .isEqualTo(WalObjectReader.footerOf(golden()).sections());
    }

    /** Numbers that docs/formats/container.md gives to those who write their own reader. */
    @Test
    void theHashesAreTheDocumentedOnes() {
        var object = new ObjectRef(ObjectType.PROJECT_LOGS, "p");
        var stamp = new Stamp(TransactionId.of(1_790_000_000L, 7), 3);

        assertThat(Long.toHexString(Placement.hash(""))).isEqualTo("409638ee2bde459");
        assertThat(Long.toHexString(Placement.hash("a"))).isEqualTo("f9e5c3691e92e0bf");
        assertThat(Long.toHexString(Placement.hash("project_logs:p"))).isEqualTo("1e17dac7a6702e08");
        assertThat(Long.toHexString(Placement.hash("7f6a01-длинный-идентификатор-строки-0123456789-0123456789")))
                .isEqualTo("d923e93d79a3a904");
        assertThat(Long.toHexString(StampSum.term(object, "a", stamp))).isEqualTo("9c6089159cb04367");
    }

    private static ByteSlice golden() throws IOException {
        try (InputStream file = WalGoldenFileTest.class.getResourceAsStream(GoldenWal.FILE)) {
            return ByteSlice.of(Objects.requireNonNull(file, GoldenWal.FILE).readAllBytes());
        }
    }
}
