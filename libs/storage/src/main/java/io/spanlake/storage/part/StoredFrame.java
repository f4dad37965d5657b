package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;

/**
 * The frame of a part that a row was read from: where all its rows go on into another part side by side, it is copied.
 *
 * @param compressed        as it lies in the part; checked
 * @param uncompressedBytes of all its lines
 * @param crc32c            of the compressed bytes
 */
public record StoredFrame(ByteSlice compressed, int uncompressedBytes, int crc32c) {}
