package io.spanlake.wal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.envelope.EnvelopeWriter;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.wal.receive.LogRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeRecordsTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 2));
    private static final long APPENDED_S = 1_800_000_000L;

    @Test
    void ofOneRecordEachWriteCountsByTheTimeInItsOwnId() {
        var writer = new EnvelopeWriter(ORGANIZATION);
        writer.add(write("on time", APPENDED_S));
        writer.add(write("just in time", APPENDED_S - 30));
        writer.add(write("late", APPENDED_S - 31));
        writer.add(write("ahead", APPENDED_S + 10));
        writer.add(write("far ahead", APPENDED_S + 11));

        var content = EnvelopeRecords.read(record(writer.toRecord(), APPENDED_S * 1_000));

        assertThat(content).isInstanceOfSatisfying(RecordContent.Writes.class, writes -> {
            assertThat(writes.organization()).isEqualTo(ORGANIZATION);
            assertThat(writes.writes()).extracting(Write::rowId).containsExactly("on time", "just in time", "ahead");
            assertThat(writes.late()).isEqualTo(2);
        });
    }

    @Test
    void oneMillisecondDecides() {
        var writer = new EnvelopeWriter(ORGANIZATION);
        writer.add(write("row", APPENDED_S - 30));

        assertThat(late(writer, APPENDED_S * 1_000)).isZero();
        assertThat(late(writer, APPENDED_S * 1_000 + 1)).isEqualTo(1);
    }

    @Test
    void aLargeBlockStaysPackedAndASmallOneIsInflated() {
        var small = write("small", APPENDED_S, LogRecord.COPIED_FROM_BYTES / 2);
        var large = write("large", APPENDED_S, LogRecord.COPIED_FROM_BYTES);

        var ofSmall = (RecordContent.Writes) EnvelopeRecords.read(packed(small));
        var ofLarge = (RecordContent.Writes) EnvelopeRecords.read(packed(large));

        assertThat(ofSmall.writes()).containsExactly(small);
        assertThat(ofSmall.packed()).isEmpty();
        assertThat(ofLarge.writes()).isEmpty();
        assertThat(ofLarge.packed())
                .singleElement()
                .satisfies(block -> assertThat(block.unpack()).containsExactly(large));
    }

    @Test
    void ofALargeBlockTooEachWriteCountsByTheTimeInItsOwnId() {
        var large = write("large", APPENDED_S, LogRecord.COPIED_FROM_BYTES);

        var content = (RecordContent.Writes) EnvelopeRecords.read(packed(large, write("late", APPENDED_S - 31)));

        assertThat(content.writes()).containsExactly(large);
        assertThat(content.packed()).isEmpty();
        assertThat(content.late()).isEqualTo(1);
    }

    @Test
    void aBlockCountsInTheBufferWhatItWillTake() {
        var small = packed(write("small", APPENDED_S, LogRecord.COPIED_FROM_BYTES / 2));
        var large = packed(write("large", APPENDED_S, LogRecord.COPIED_FROM_BYTES));

        assertThat(small.bytes()).isGreaterThan(LogRecord.COPIED_FROM_BYTES / 2);
        assertThat(large.bytes()).isLessThan(LogRecord.COPIED_FROM_BYTES / 2);
        assertThat(large.rowBytes()).isGreaterThan(LogRecord.COPIED_FROM_BYTES);
    }

    @Test
    void whatIsNoEnvelopeIsKeptWhole() {
        var garbage = new byte[] {1, 2, 3};

        assertThat(EnvelopeRecords.read(record(garbage, 0)))
                .isInstanceOfSatisfying(
                        RecordContent.Unreadable.class,
                        unreadable -> assertThat(unreadable.value()).isEqualTo(ByteSlice.of(garbage)));
        assertThat(EnvelopeRecords.read(record(new byte[0], 0))).isInstanceOf(RecordContent.Unreadable.class);
    }

    private static int late(EnvelopeWriter writer, long appendedMs) {
        return ((RecordContent.Writes) EnvelopeRecords.read(record(writer.toRecord(), appendedMs))).late();
    }

    private static LogRecord record(byte[] value, long appendedMs) {
        return new LogRecord(7, appendedMs, ByteSlice.of(value));
    }

    private static LogRecord packed(Write... writes) {
        try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
            var block = packer.pack(List.of(writes)).getFirst();
            return record(new WritesRecord.Packed(ORGANIZATION, block).toRecord(), APPENDED_S * 1_000);
        }
    }

    private static Write write(String row, long drawnAtS, int bytes) {
        var write = write(row, drawnAtS);
        var json = ByteSlice.ofUtf8("{\"a\":\"" + "x".repeat(bytes) + "\"}");
        return new Write(write.object(), row, write.traceId(), write.stamp(), write.kind(), json);
    }

    private static Write write(String row, long drawnAtS) {
        return new Write(
                new ObjectRef(ObjectType.DATASET, "d"),
                row,
                Optional.empty(),
                new Stamp(TransactionId.of(drawnAtS, 0), 0),
                WriteKind.FULL,
                ByteSlice.ofUtf8("{}"));
    }
}
