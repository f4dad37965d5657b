package io.spanlake.gateway.row;

import io.spanlake.model.ByteSlice;

/**
 * One valid row.
 *
 * @param json one JSON object in strict UTF-8; shares the array that the request came in
 */
public record RowToWrite(RowKeys keys, ByteSlice json) {}
