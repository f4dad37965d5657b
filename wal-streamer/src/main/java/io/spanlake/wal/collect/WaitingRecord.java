package io.spanlake.wal.collect;

import io.spanlake.wal.receive.LogRecord;
import java.time.Instant;

/** A record that waits for its flush. */
record WaitingRecord(LogRecord record, RecordContent content, Instant arrived) {}
