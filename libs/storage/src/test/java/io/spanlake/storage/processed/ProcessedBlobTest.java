package io.spanlake.storage.processed;

import static io.spanlake.storage.processed.StateFixtures.DATASET;
import static io.spanlake.storage.processed.StateFixtures.LOGS;
import static io.spanlake.storage.processed.StateFixtures.ORGANIZATION;
import static io.spanlake.storage.processed.StateFixtures.OTHER_SEGMENT;
import static io.spanlake.storage.processed.StateFixtures.SEGMENT;
import static io.spanlake.storage.processed.StateFixtures.bytesOf;
import static io.spanlake.storage.processed.StateFixtures.encoded;
import static io.spanlake.storage.processed.StateFixtures.joined;
import static io.spanlake.storage.processed.StateFixtures.section;
import static io.spanlake.storage.processed.StateFixtures.stamp;
import static io.spanlake.storage.processed.StateFixtures.traffic;
import static io.spanlake.storage.processed.StateFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.Placement;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.processed.ProcessedRow.WriteFacts;
import io.spanlake.storage.wal.StampSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProcessedBlobTest {
    @Property(tries = 200)
    void whatIsWrittenIsRead(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int count,
            @ForAll @IntRange(min = 1, max = 4_000) int frameBytes,
            @ForAll @IntRange(min = 1, max = 3) int level) {
        var random = new Random(seed);
        var sections = new ArrayList<StateFixtures.Section>();
        for (int i = 0; i < count; i++) {
            var object = random.nextBoolean() ? LOGS : DATASET;
            var states = traffic(object, random.nextLong(), 1 + random.nextInt(60), 20 + random.nextInt(300));
            sections.add(section(new UUID(7, i / 2), object, i, states));
        }

        var blob = joined(encoded(new ProcessedEncoding(frameBytes, level, 10), sections));

        var read = ProcessedBlobReader.readAll(blob);
        assertThat(read).hasSameSizeAs(sections);
        for (int i = 0; i < count; i++) {
            assertThat(read.get(i).section().segment())
                    .isEqualTo(sections.get(i).segment());
            assertThat(read.get(i).section().object()).isEqualTo(sections.get(i).object());
            assertThat(bytesOf(read.get(i).states()))
                    .isEqualTo(bytesOf(sections.get(i).states()));
        }
    }

    @Test
    void theSummarySaysWhatTheCatalogHasToKnow() {
        var states = traffic(LOGS, 1, 300, 1_000);

        var encoded = encoded(
                ProcessedEncoding.DEFAULT,
                List.of(
                        section(SEGMENT, LOGS, 3, states),
                        section(OTHER_SEGMENT, DATASET, 3, traffic(DATASET, 2, 5, 9))));

        var summary = encoded.sections().getFirst();
        var stamps = states.stream().flatMap(state -> state.stamps().stream()).toList();
        assertThat(encoded.sections())
                .extracting(ProcessedSectionSummary::segment)
                .containsExactly(SEGMENT, OTHER_SEGMENT);
        assertThat(summary.object()).isEqualTo(LOGS);
        assertThat(summary.rows()).isEqualTo(states.size());
        assertThat(summary.rawBytes())
                .isEqualTo(bytesOf(states).stream()
                        .mapToLong(bytes -> bytes.length())
                        .sum());
        assertThat(summary.stampSum())
                .isEqualTo(states.stream()
                        .mapToLong(state -> StampSum.of(LOGS, state.rowId(), state.stamps()))
                        .sum());
        assertThat(summary.minStamp())
                .isEqualTo(stamps.stream().min(Comparable::compareTo).orElseThrow());
        assertThat(summary.maxStamp())
                .isEqualTo(stamps.stream().max(Comparable::compareTo).orElseThrow());
        assertThat(encoded.bytes()).isEqualTo(joined(encoded).length());
        assertThat(encoded.sections())
                .isEqualTo(ProcessedBlobReader.footerOf(joined(encoded)).sections().stream()
                        .map(ProcessedSection::summary)
                        .toList());
    }

    @Test
    void theFooterDescribesEachRow() {
        var full = write(LOGS, "r", "t", stamp(1, 0), WriteKind.FULL, "{\"a\":1}");
        var merge = write(LOGS, "r", "t", stamp(2, 5), WriteKind.MERGE, "{\"b\":1}");
        var patch = RowState.of(write(LOGS, "p", "t", stamp(3, 0), WriteKind.MERGE, "{\"c\":1}"));
        var dead = RowState.of(write(LOGS, "d", "t", stamp(4, 0), WriteKind.DELETE, "{}"));
        var states = List.of(RowState.of(full).join(RowState.of(merge)), patch, dead);

        var blob = joined(encoded(ProcessedEncoding.DEFAULT, List.of(section(SEGMENT, LOGS, 0, states))));

        var rows =
                ProcessedBlobReader.footerOf(blob).framesOf(SEGMENT).getFirst().rows();
        long trace = Placement.hash("t");
        var whole = rows.getFirst();
        assertThat(whole.rowHash()).isEqualTo(Placement.hash("r"));
        assertThat(whole.placed()).isTrue();
        assertThat(whole.traceHash()).isEqualTo(trace);
        assertThat(whole.writes())
                .containsExactly(
                        new WriteFacts(stamp(1, 0), WriteKind.FULL, true, trace),
                        new WriteFacts(stamp(2, 5), WriteKind.MERGE, false, 0));
        assertThat(rows).extracting(ProcessedRow::patchOnly).containsExactly(false, true, true);
        assertThat(rows).extracting(ProcessedRow::deleted).containsExactly(false, false, true);
        assertThat(rows).extracting(ProcessedRow::first).containsExactly(stamp(1, 0), stamp(3, 0), stamp(4, 0));
        assertThat(rows).extracting(ProcessedRow::last).containsExactly(stamp(2, 5), stamp(3, 0), stamp(4, 0));
        assertThat(rows.get(1).traceHash()).isEqualTo(Placement.hash("trace-0"));
    }

    @Test
    void aFrameEndsBeforeItWouldPassItsSizeAndABigRowHasOneOfItsOwn() {
        var big = RowState.of(
                write(LOGS, "big", "t", stamp(99, 0), WriteKind.FULL, "{\"a\":\"" + "x".repeat(3 << 20) + "\"}"));
        var states = new ArrayList<>(traffic(LOGS, 3, 1_000, 2_000));
        states.add(states.size() / 2, big);

        var blob = joined(encoded(ProcessedEncoding.DEFAULT, List.of(section(SEGMENT, LOGS, 0, states))));

        var frames = ProcessedBlobReader.footerOf(blob).framesOf(SEGMENT);
        assertThat(frames).hasSizeGreaterThan(4);
        assertThat(frames.stream().filter(frame -> frame.uncompressedBytes() > ProcessedEncoding.DEFAULT.frameBytes()))
                .singleElement()
                .satisfies(frame -> assertThat(frame.rows()).hasSize(1));
    }

    @Test
    void aSectionIsOfOneObjectAndHasRows() {
        var state = traffic(DATASET, 4, 1, 9).getFirst();
        try (var writer = new ProcessedBlobWriter(ORGANIZATION, ProcessedEncoding.DEFAULT)) {
            assertThatThrownBy(() -> writer.add(state, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
            writer.segment(SEGMENT, LOGS, 0, 1, 0, 1);
            assertThatThrownBy(() -> writer.add(state, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.segment(SEGMENT, LOGS, 0, 1, 0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two sections");
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aBlobWithoutSectionsIsOne() {
        var blob = joined(encoded(ProcessedEncoding.DEFAULT, List.of()));

        assertThat(ProcessedBlobReader.readAll(blob)).isEmpty();
        assertThat(ProcessedBlobReader.footerOf(blob).organization()).isEqualTo(ORGANIZATION);
    }
}
