package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.Envelope;
import io.spanlake.model.envelope.EnvelopeException;
import io.spanlake.model.envelope.EnvelopeReader;
import java.util.List;

/** One record of the topic {@code writes}, of any version that there ever was. Layout: docs/formats/envelope.md. */
public sealed interface WritesRecord {
    OrganizationId organization();

    /**
     * All writes, in the order of the record. CPU work.
     *
     * @throws EnvelopeException where they are not what was written
     */
    List<Write> writes();

    /**
     * Takes a record apart; what is packed stays packed, but every byte of it was checked.
     *
     * @throws EnvelopeException where the record is malformed in any way, or of a version that is not known
     */
    static WritesRecord read(ByteSlice record) {
        return PackedRecord.isOne(record) ? PackedRecord.read(record) : new Plain(EnvelopeReader.read(record));
    }

    /** Version 1: the writes one after another, for Kafka to compress. */
    record Plain(Envelope envelope) implements WritesRecord {
        @Override
        public OrganizationId organization() {
            return envelope.organization();
        }

        @Override
        public List<Write> writes() {
            return envelope.writes();
        }
    }

    /** Version 2: a block. */
    record Packed(OrganizationId organization, PackedBlock block) implements WritesRecord {
        @Override
        public List<Write> writes() {
            return PackedRecord.unpack(block);
        }

        /** The record, as Kafka gets it. */
        public byte[] toRecord() {
            return PackedRecord.write(this);
        }
    }

    /**
     * What the rows of a record take once they are inflated, in bytes; believes its head, but for more than a block may
     * have. Of version 1, and of what is no envelope, its length.
     */
    static int rowBytes(ByteSlice record) {
        return PackedRecord.isOne(record) ? PackedRecord.rowBytes(record) : record.length();
    }
}
