package io.spanlake.wal.store;

import io.spanlake.catalog.UnreadableBlob;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.EnvelopeWriter;
import io.spanlake.storage.wal.PackedBlock;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.wal.collect.UnreadableRecord;

/**
 * What no WAL object can hold. It is kept under a name of where it came from, so that what is read twice is one blob, and
 * goes with none of the organizations.
 */
public record KeptAside(UnreadableBlob blob, ByteSlice content) {
    private static final String FOLDER = "orgs/_unreadable/wal/";

    static KeptAside of(UnreadableRecord record) {
        var claim = record.claim();
        return new KeptAside(
                new UnreadableBlob(
                        "%s%d/%d-%020d".formatted(FOLDER, claim.partition(), claim.incarnation(), record.offset()),
                        record.value().length(),
                        claim.partition(),
                        claim.incarnation(),
                        record.offset(),
                        record.offset() + 1,
                        "no envelope: " + record.reason()),
                record.value());
    }

    /** In an envelope of its own, as it was in the log. */
    static KeptAside of(OrganizationId organization, SectionWrites section, Write write, RuntimeException fault) {
        var envelope = new EnvelopeWriter(organization);
        envelope.add(write);
        return of("write", section, write.stamp(), envelope.toRecord(), "a write that cannot be encoded", fault);
    }

    /** A block that holds not what is said of it, as it was in the log. */
    static KeptAside of(OrganizationId organization, SectionWrites section, PackedBlock block, RuntimeException fault) {
        var record = new WritesRecord.Packed(organization, block).toRecord();
        return of("block", section, block.writes().getFirst().stamp(), record, "a block that cannot be read", fault);
    }

    private static KeptAside of(
            String what, SectionWrites section, Stamp stamp, byte[] record, String reason, RuntimeException fault) {
        var content = ByteSlice.of(record);
        return new KeptAside(
                new UnreadableBlob(
                        "%s%d/%d-%s-%s-%d"
                                .formatted(
                                        FOLDER,
                                        section.partition(),
                                        section.incarnation(),
                                        what,
                                        stamp.transaction(),
                                        stamp.position()),
                        content.length(),
                        section.partition(),
                        section.incarnation(),
                        section.first(),
                        section.next(),
                        reason + ": " + fault.getClass().getSimpleName()),
                content);
    }
}
