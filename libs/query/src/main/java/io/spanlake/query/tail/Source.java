package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.query.part.OpenPart;

/** Where states of an object's rows lie. */
public sealed interface Source {
    /** A section of the write-ahead log: each state one write. */
    record Log(SectionRef section) implements Source {
        @Override
        public Object identity() {
            return new LogIdentity(section.blobName(), section.partition(), section.incarnation(), section.first());
        }
    }

    /** A processed section. */
    record Processed(LiveSection section) implements Source {
        @Override
        public Object identity() {
            return new ProcessedIdentity(section.id());
        }
    }

    /** A part, of which the tail has some rows anew. */
    record Part(OpenPart part) implements Source {
        @Override
        public Object identity() {
            return new PartIdentity(part.id());
        }
    }

    /** Equal for two readings of the catalog that name the same. */
    Object identity();

    record LogIdentity(String blob, int partition, int incarnation, long first) {}

    record ProcessedIdentity(long id) {}

    record PartIdentity(long id) {}
}
