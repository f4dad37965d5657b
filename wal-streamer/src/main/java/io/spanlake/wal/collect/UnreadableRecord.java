package io.spanlake.wal.collect;

import io.spanlake.model.ByteSlice;
import io.spanlake.wal.Claim;

/**
 * A record that is no envelope; its bytes are kept beside the WAL objects.
 *
 * @param reason why it is none; never what is in it
 */
public record UnreadableRecord(Claim claim, long offset, ByteSlice value, String reason) {}
