package io.spanlake.storage.processed;

import static io.spanlake.storage.processed.StateFixtures.bytesOf;
import static io.spanlake.storage.processed.StateFixtures.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A file that a program of long ago wrote. */
class ProcessedGoldenFileTest {
    @Test
    void versionOneIsReadForEver() throws IOException {
        var sections = ProcessedBlobReader.readAll(golden());

        assertThat(ProcessedBlobReader.footerOf(golden()).organization()).isEqualTo(GoldenProcessed.ORGANIZATION);
        assertThat(sections).hasSize(2);
        assertThat(sections.getFirst().section().segment()).isEqualTo(GoldenProcessed.SEGMENT);
        assertSame(sections.getFirst().states(), GoldenProcessed.spans());
        assertSame(sections.get(1).states(), GoldenProcessed.records());
    }

    /** States as they are known by their stamps and by what they encode to today. */
    private static void assertSame(List<RowState> seen, List<RowState> expected) {
        assertThat(seen)
                .extracting(RowState::stamps)
                .isEqualTo(expected.stream().map(RowState::stamps).toList());
        assertThat(bytesOf(seen)).isEqualTo(bytesOf(expected));
    }

    @Test
    void itsFooterSaysTheSumsOfItsRows() throws IOException {
        var summaries = ProcessedBlobReader.footerOf(golden()).sections().stream()
                .map(ProcessedSection::summary)
                .toList();

        assertThat(summaries)
                .extracting(ProcessedSectionSummary::stampSum)
                .isEqualTo(GoldenProcessed.encoded().sections().stream()
                        .map(ProcessedSectionSummary::stampSum)
                        .toList());
        assertThat(summaries.getFirst().rows()).isEqualTo(4);
        assertThat(summaries.getFirst().stampSum()).isEqualTo(0x99A4_6A71_80C9_9DB2L);
        assertThat(summaries.get(1).stampSum()).isEqualTo(0x1B95_E061_7806_13D1L);
    }

    @Test
    void itsFiltersHoldItsWords() throws IOException {
        var found = new ArrayList<Boolean>();
        for (var frame : ProcessedBlobReader.footerOf(golden()).framesOf(GoldenProcessed.SEGMENT)) {
            var ref = frame.filter();
            var filter = ProcessedFrameReader.filter(frame, golden().slice((int) ref.offset(), ref.length()));
            found.add(filter.mayHaveWords("GRÜSSE")
                    || filter.mayHaveWords("grüße 世 界 abc")
                    || filter.mayHaveWords("object_delete"));
        }

        assertThat(found).contains(true);
    }

    @Test
    void itBeginsAndEndsAsItIsWritten() throws IOException {
        var golden = golden();

        assertThat(HexFormat.of().formatHex(golden.slice(0, 12).toArray())).isEqualTo("534c4b524f570d0a01000000");
        assertThat(golden.slice(golden.length() - 8, 8).toUtf8()).isEqualTo("SLKROW\r\n");
    }

    @Test
    void todaysProgramWritesTheSame() throws IOException {
        // Not byte by byte: another release of zstd may choose other bytes for the same content.
        assertThat(ProcessedBlobReader.footerOf(joined(GoldenProcessed.encoded()))
                        .sections())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*(length|crc32c|offset)")
                .isEqualTo(ProcessedBlobReader.footerOf(golden()).sections());
    }

    private static ByteSlice golden() throws IOException {
        try (InputStream file = ProcessedGoldenFileTest.class.getResourceAsStream(GoldenProcessed.FILE)) {
            return ByteSlice.of(
                    Objects.requireNonNull(file, GoldenProcessed.FILE).readAllBytes());
        }
    }
}
