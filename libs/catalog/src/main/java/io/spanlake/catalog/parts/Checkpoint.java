package io.spanlake.catalog.parts;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is published of an object after a swap, as a blob of its own: with these and the write-ahead log a catalog that
 * was lost is made again. It lies in the store before the swap, names everything that counts, and so tells what counts no
 * more: blobs that a swap took out, blobs of swaps and cuts that never were.
 *
 * @param width    of the object then
 * @param version  of the object, once the swap is done
 * @param floors   up to where each partition was processed in the snapshot that the swap was planned on: what the object
 *                 has below is in {@code sections} and {@code parts}, or is gone; what it has from there on is in the log
 * @param sections processed sections that count
 * @param parts    that count
 */
public record Checkpoint(
        OrganizationId organization,
        ObjectRef object,
        int width,
        long version,
        Map<Integer, LogOffset> floors,
        List<Section> sections,
        List<Part> parts) {
    public Checkpoint {
        floors = Map.copyOf(floors);
        sections = List.copyOf(sections);
        parts = List.copyOf(parts);
    }

    /** A processed section, and the blob that it lies in; see {@link LiveSection}. */
    public record Section(
            String blobName, long blobBytes, long footerOffset, ProcessedSection section, boolean carried) {}

    /** A part without its id; see {@link LivePart}. */
    public record Part(PartFile file, long version, int dvVersion, Optional<DeletionVector> dead) {}

    /**
     * What is published once the change is.
     *
     * @param planned a whole snapshot
     */
    public static Checkpoint after(OrganizationId organization, ObjectSnapshot planned, SwapChange change) {
        if (!planned.whole()) {
            throw new IllegalStateException("not a whole snapshot of " + planned.object());
        }
        return new Checkpoint(
                organization,
                planned.object(),
                planned.width(),
                planned.version() + 1,
                planned.processed(),
                sectionsAfter(planned, change),
                partsAfter(planned, change));
    }

    private static List<Section> sectionsAfter(ObjectSnapshot planned, SwapChange change) {
        var sections = new ArrayList<Section>();
        for (var live : planned.sections()) {
            if (!change.inputsProcessed().contains(live.id())) {
                sections.add(new Section(
                        live.blobName(), live.blobBytes(), live.footerOffset(), live.section(), live.carried()));
            }
        }
        for (var blob : change.carried()) {
            for (var section : blob.sections()) {
                sections.add(new Section(blob.name(), blob.bytes(), blob.footerOffset(), section, true));
            }
        }
        return sections;
    }

    private static List<Part> partsAfter(ObjectSnapshot planned, SwapChange change) {
        var deaths = new HashMap<Long, Deaths>();
        change.deaths().forEach(killed -> deaths.put(killed.part(), killed));
        var parts = new ArrayList<Part>();
        for (var live : planned.parts()) {
            if (change.inputParts().contains(live.id())) {
                continue;
            }
            var killed = deaths.get(live.id());
            parts.add(
                    killed == null
                            ? new Part(live.file(), live.version(), live.dvVersion(), live.dead())
                            : new Part(live.file(), live.version(), live.dvVersion() + 1, Optional.of(killed.dead())));
        }
        for (var output : change.outputs()) {
            int dvVersion = output.dead().isPresent() ? 1 : 0;
            parts.add(new Part(output.file(), planned.version() + 1, dvVersion, output.dead()));
        }
        return parts;
    }

    /** Every blob that it needs, with its bytes. */
    public Map<String, Long> blobs() {
        var blobs = new HashMap<String, Long>();
        sections.forEach(section -> blobs.put(section.blobName(), section.blobBytes()));
        for (var part : parts) {
            blobs.put(part.file().name(), part.file().bytes());
            blobs.put(part.file().orcName(), part.file().orcBytes());
            part.dead().ifPresent(dead -> blobs.put(dead.name(), dead.bytes()));
        }
        return blobs;
    }
}
