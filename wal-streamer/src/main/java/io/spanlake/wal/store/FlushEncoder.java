package io.spanlake.wal.store;

import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.storage.wal.EncodedWalObject;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.wal.collect.Flush;
import io.spanlake.wal.collect.OrganizationWrites;
import io.spanlake.wal.store.EncodedFlush.EncodedObject;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the objects of a flush. A write that cannot be encoded would be read and fail for ever, and hold up all of its
 * partition: it is kept aside, and the others go on. Thread-safe; CPU work.
 */
final class FlushEncoder {
    private static final Logger LOG = LoggerFactory.getLogger(FlushEncoder.class);

    private final Encoding encoding;

    FlushEncoder(Encoding encoding) {
        this.encoding = encoding;
    }

    static FlushEncoder ofWal() {
        return new FlushEncoder(
                (organization, sections) -> WalObjectWriter.encode(organization, sections, WalEncoding.DEFAULT));
    }

    interface Encoding {
        EncodedWalObject encode(OrganizationId organization, List<SectionWrites> sections);
    }

    EncodedFlush encode(Flush flush) {
        var aside = new ArrayList<KeptAside>();
        flush.unreadable().forEach(record -> aside.add(KeptAside.of(record)));
        var objects = new ArrayList<EncodedObject>();
        flush.organizations().forEach(writes -> encode(writes, objects, aside));
        return new EncodedFlush(flush, objects, aside);
    }

    private void encode(OrganizationWrites writes, List<EncodedObject> objects, List<KeptAside> aside) {
        var organization = writes.organization();
        try {
            objects.add(new EncodedObject(organization, encoding.encode(organization, writes.sections())));
        } catch (RuntimeException fault) {
            int known = aside.size();
            var fit = fit(writes, aside);
            if (aside.size() == known) {
                throw fault;
            }
            LOG.error(
                    "{} writes of {} cannot be encoded: they are kept aside",
                    aside.size() - known,
                    organization,
                    fault);
            if (!fit.isEmpty()) {
                objects.add(new EncodedObject(organization, encoding.encode(organization, fit)));
            }
        }
    }

    /** The sections with the writes that can be encoded alone; the others are added to what is kept aside. */
    private List<SectionWrites> fit(OrganizationWrites writes, List<KeptAside> aside) {
        var fit = new ArrayList<SectionWrites>();
        for (var section : writes.sections()) {
            var kept = new ArrayList<Write>();
            for (var write : unpacked(writes.organization(), section, aside)) {
                try {
                    encoding.encode(writes.organization(), List.of(with(section, List.of(write))));
                    kept.add(write);
                } catch (RuntimeException fault) {
                    aside.add(KeptAside.of(writes.organization(), section, write, fault));
                }
            }
            if (!kept.isEmpty()) {
                fit.add(with(section, kept));
            }
        }
        return fit;
    }

    /** All writes of a section one by one; blocks that hold none are added to what is kept aside. */
    private static List<Write> unpacked(OrganizationId organization, SectionWrites section, List<KeptAside> aside) {
        var all = new ArrayList<>(section.writes());
        for (var block : section.packed()) {
            try {
                all.addAll(block.unpack());
            } catch (RuntimeException fault) {
                aside.add(KeptAside.of(organization, section, block, fault));
            }
        }
        return all;
    }

    private static SectionWrites with(SectionWrites section, List<Write> writes) {
        return new SectionWrites(section.partition(), section.incarnation(), section.first(), section.next(), writes);
    }
}
