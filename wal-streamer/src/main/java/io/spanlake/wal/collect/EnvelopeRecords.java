package io.spanlake.wal.collect;

import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.EnvelopeException;
import io.spanlake.storage.wal.PackedBlock;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.wal.receive.LogRecord;
import java.util.List;

/** Reads records. Pure: the same record gives the same writes, on every try and in every streamer. */
final class EnvelopeRecords {
    private EnvelopeRecords() {}

    static RecordContent read(LogRecord record) {
        try {
            var content = WritesRecord.read(record.value());
            return content instanceof WritesRecord.Packed packed && isCopied(packed.block(), record)
                    ? new RecordContent.Writes(packed.organization(), List.of(), List.of(packed.block()), 0)
                    : loose(content, record);
        } catch (EnvelopeException e) {
            return new RecordContent.Unreadable(record.value(), String.valueOf(e.getMessage()));
        }
    }

    /** Large enough, and without a write that does not count. */
    private static boolean isCopied(PackedBlock block, LogRecord record) {
        return block.uncompressedBytes() >= LogRecord.COPIED_FROM_BYTES
                && block.writes().stream()
                        .allMatch(write -> AppendTimeRule.counts(write.stamp().transaction(), record.appendTimeMs()));
    }

    private static RecordContent loose(WritesRecord content, LogRecord record) {
        List<Write> all = content.writes();
        var writes = all.stream()
                .filter(write -> AppendTimeRule.counts(write.stamp().transaction(), record.appendTimeMs()))
                .toList();
        return new RecordContent.Writes(content.organization(), writes, List.of(), all.size() - writes.size());
    }
}
