package io.spanlake.catalog;

/**
 * Bytes that were taken from the log and could not be made part of it.
 *
 * @param first  offset of the first record that they may be of
 * @param next   offset after the last such record
 * @param reason why they are not part of it; never what is in them
 */
public record UnreadableBlob(
        String name, long bytes, int partition, int incarnation, long first, long next, String reason) {}
