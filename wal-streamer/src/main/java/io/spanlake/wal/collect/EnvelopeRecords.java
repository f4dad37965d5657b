package io.spanlake.wal.collect;

import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.envelope.EnvelopeException;
import io.spanlake.model.envelope.EnvelopeReader;
import io.spanlake.wal.receive.LogRecord;

/** Reads records. Pure: the same record gives the same writes, on every try and in every streamer. */
final class EnvelopeRecords {
    private EnvelopeRecords() {}

    static RecordContent read(LogRecord record) {
        try {
            var envelope = EnvelopeReader.read(record.value());
            var writes = envelope.writes().stream()
                    .filter(write -> AppendTimeRule.counts(write.stamp().transaction(), record.appendTimeMs()))
                    .toList();
            int late = envelope.writes().size() - writes.size();
            return new RecordContent.Writes(envelope.organization(), writes, late);
        } catch (EnvelopeException e) {
            return new RecordContent.Unreadable(record.value(), String.valueOf(e.getMessage()));
        }
    }
}
