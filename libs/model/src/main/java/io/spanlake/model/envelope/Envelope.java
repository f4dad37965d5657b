package io.spanlake.model.envelope;

import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import java.util.List;

/**
 * What one Kafka record carries.
 *
 * @param organization owner of all its objects
 * @param writes       in the order they were added; at least one. Their JSON are ranges of the record
 */
public record Envelope(OrganizationId organization, List<Write> writes) {
    /** Bytes at which a writer should begin the next record. A row that is larger travels alone. */
    public static final int RECORD_BYTES_TARGET = 1 << 20;

    static final byte MAGIC = (byte) 0xE5;
    static final byte VERSION = 1;

    public Envelope {
        writes = List.copyOf(writes);
        if (writes.isEmpty()) {
            throw new IllegalArgumentException("an envelope without writes");
        }
    }
}
