package io.spanlake.compactor.write;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowStateCodec;
import io.spanlake.storage.processed.EncodedProcessedBlob;
import io.spanlake.storage.processed.ProcessedBlobNames;
import io.spanlake.storage.processed.ProcessedBlobWriter;
import io.spanlake.storage.processed.ProcessedEncoding;
import io.spanlake.storage.processed.ProcessedSectionSummary;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Patches and tombstones that stay in the tail: a section for each segment and partition that they came from. Blocks. */
public final class CarriedStates {
    private record Target(UUID segment, int partition) {}

    /** @param states encoded, since a state keeps the whole frame in memory that it was read from */
    private record Group(LiveSection like, List<ByteSlice> states) {}

    private final OrganizationId organization;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Target, Group> groups = new LinkedHashMap<>();

    public CarriedStates(OrganizationId organization, BlobStore blobs, InstantSource clock, RandomGenerator random) {
        this.organization = organization;
        this.blobs = blobs;
        this.clock = clock;
        this.random = random;
    }

    public void add(LiveSection from, RowState state) {
        var target = new Target(from.section().segment(), from.section().partition());
        groups.computeIfAbsent(target, _ -> new Group(from, new ArrayList<>()))
                .states()
                .add(RowStateCodec.encode(state));
    }

    /** Puts them as one blob; none where nothing was added. */
    public List<ProcessedObject> finish() {
        if (groups.isEmpty()) {
            return List.of();
        }
        var encoded = encode();
        var name = ProcessedBlobNames.fresh(organization, clock.instant(), random);
        blobs.putIfAbsent(name, encoded.parts()).block();
        return List.of(object(name, encoded));
    }

    private EncodedProcessedBlob encode() {
        try (var writer = new ProcessedBlobWriter(organization, ProcessedEncoding.DEFAULT)) {
            for (var group : groups.values()) {
                var like = group.like().section();
                writer.segment(
                        like.segment(), like.object(), like.partition(), like.incarnation(), like.first(), like.next());
                group.states().forEach(state -> add(writer, RowStateCodec.decode(like.object(), state)));
            }
            return writer.finish();
        }
    }

    private static void add(ProcessedBlobWriter writer, RowState state) {
        writer.add(state, state.traceId());
    }

    private ProcessedObject object(BlobName name, EncodedProcessedBlob encoded) {
        return new ProcessedObject(
                name.value(),
                organization,
                encoded.bytes(),
                encoded.footerOffset(),
                encoded.sections().stream().map(CarriedStates::section).toList());
    }

    private static ProcessedSection section(ProcessedSectionSummary written) {
        return new ProcessedSection(
                written.segment(),
                written.object(),
                written.partition(),
                written.incarnation(),
                written.first(),
                written.next(),
                written.rows(),
                written.rawBytes(),
                written.length(),
                written.stampSum(),
                written.minStamp(),
                written.maxStamp());
    }
}
