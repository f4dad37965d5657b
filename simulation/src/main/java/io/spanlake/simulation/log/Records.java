package io.spanlake.simulation.log;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.EnvelopeWriter;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WritesRecord;
import java.util.List;
import java.util.stream.Collectors;

/** Writes as the records that a gateway sends: of version 1, or packed. */
public final class Records {
    private Records() {}

    /** A record of the writes of one object. */
    public record Made(List<Write> writes, ByteSlice bytes) {}

    public static List<Made> plain(OrganizationId organization, List<Write> writes) {
        var writer = new EnvelopeWriter(organization);
        writes.forEach(writer::add);
        return List.of(new Made(writes, ByteSlice.of(writer.toRecord())));
    }

    public static List<Made> packed(OrganizationId organization, List<Write> writes) {
        try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
            return packer.pack(writes).stream()
                    .map(block -> new Made(
                            writes.stream()
                                    .filter(write -> write.object().equals(block.object()))
                                    .collect(Collectors.toUnmodifiableList()),
                            ByteSlice.of(new WritesRecord.Packed(organization, block).toRecord())))
                    .toList();
        }
    }
}
