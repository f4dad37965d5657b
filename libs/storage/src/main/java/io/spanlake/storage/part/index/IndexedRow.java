package io.spanlake.storage.part.index;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;

/**
 * What is indexed of a whole row.
 *
 * @param root          {@code is_root}
 * @param first         stamp of its first write: its place in pages
 * @param createdMicros {@code created}, in microseconds since 1970
 * @param json          its own fields: one JSON object
 */
public record IndexedRow(boolean root, Stamp first, long createdMicros, ByteSlice json) {}
