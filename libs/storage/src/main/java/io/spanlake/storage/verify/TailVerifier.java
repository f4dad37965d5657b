package io.spanlake.storage.verify;

import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedSection;
import io.spanlake.storage.verify.LiveObject.ProcessedPlace;
import io.spanlake.storage.verify.LiveObject.WalPlace;
import io.spanlake.storage.wal.StampSum;
import io.spanlake.storage.wal.WalBlobs;
import java.util.Objects;

/** Proves what is not indexed yet: sections of the log, and processed sections. Blocks. */
final class TailVerifier {
    private final WalBlobs wal;
    private final ProcessedBlobs processed;

    TailVerifier(WalBlobs wal, ProcessedBlobs processed) {
        this.wal = wal;
        this.processed = processed;
    }

    void verify(LiveObject live, WalPlace place, LiveWrites writes, Findings findings) {
        var footer = Objects.requireNonNull(wal.footer(place.blob(), place.blobBytes(), place.footerOffset())
                .block());
        var section = footer.section(place.partition());
        if (section.isEmpty()
                || section.get().incarnation() != place.incarnation()
                || section.get().first() != place.first()
                || section.get().next() != place.next()) {
            findings.fault(
                    place.blob(),
                    "has no section of partition %d, incarnation %d, offsets [%d, %d)"
                            .formatted(place.partition(), place.incarnation(), place.first(), place.next()));
            return;
        }
        long expected = section.get()
                .blocksOf(live.object())
                .map(blocks -> blocks.writes())
                .orElse(0L);
        long found = 0;
        for (Write write : wal.writes(place.blob(), footer, live.object(), place.partition())
                .toIterable(1)) {
            found++;
            writes.add(live.object(), write.rowId(), write.stamp(), place.blob());
        }
        findings.mustBe(
                place.blob(),
                "writes of %s in partition %d".formatted(live.object(), place.partition()),
                expected,
                found);
        findings.walWrites += found;
        findings.bytes += footer.blocksOf(live.object(), place.partition()).stream()
                .mapToLong(block -> block.length())
                .sum();
    }

    void verify(LiveObject live, ProcessedPlace place, LiveWrites writes, Findings findings) {
        var footer = Objects.requireNonNull(processed
                .footer(place.blob(), place.blobBytes(), place.footerOffset())
                .block());
        var section = footer.sections().stream()
                .filter(one -> place.describes(one.summary(), live.object()))
                .findFirst();
        if (section.isEmpty()) {
            findings.fault(
                    place.blob(),
                    "has no section of segment %s, partition %d, offsets [%d, %d)"
                            .formatted(place.segment(), place.partition(), place.first(), place.next()));
            return;
        }
        verify(place, section.get(), writes, findings);
        findings.bytes += section.get().summary().length();
    }

    private void verify(ProcessedPlace place, ProcessedSection section, LiveWrites writes, Findings findings) {
        long rows = 0;
        long sum = 0;
        for (var frame : processed.frames(place.blob(), section).toIterable(1)) {
            for (RowState state : frame.states()) {
                rows++;
                sum += StampSum.of(state.object(), state.rowId(), state.stamps());
                for (var stamp : state.stamps()) {
                    writes.add(state.object(), state.rowId(), stamp, place.blob());
                }
            }
        }
        Objects.requireNonNull(processed.filters(place.blob(), section).block());
        findings.mustBe(place.blob(), "row states of segment " + place.segment(), place.rows(), rows);
        findings.mustBe(place.blob(), "stamp sum of segment " + place.segment(), place.stampSum(), sum);
        findings.mustBe(
                place.blob(),
                "raw bytes of segment " + place.segment(),
                place.rawBytes(),
                section.summary().rawBytes());
        findings.processedRows += rows;
    }
}
