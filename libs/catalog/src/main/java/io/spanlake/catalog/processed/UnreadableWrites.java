package io.spanlake.catalog.processed;

import io.spanlake.model.ObjectRef;

/**
 * Writes of one object that stand in the write-ahead log and can be read neither there nor from Kafka. The cut goes on
 * without them; reads of the object say so from then on.
 *
 * @param walObject name of the WAL object
 * @param first     first offset of the WAL section
 * @param next      offset after its last
 * @param writes    how many, as the catalog says
 * @param stampSum  of them, as the WAL footer says; of a section whose footer is unreadable give the section's sum with
 *                  one of its objects, and 0 with the others
 */
public record UnreadableWrites(
        ObjectRef object,
        String walObject,
        int partition,
        int incarnation,
        long first,
        long next,
        long writes,
        long stampSum,
        String reason) {}
