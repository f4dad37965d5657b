package io.spanlake.compactor.plan;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.work.Erasure;
import java.util.List;

/** One piece of work on an object, that ends in one swap. */
public sealed interface Job {
    /** That it takes the place of. */
    List<LivePart> parts();

    /**
     * Folds processed sections with the rows that they belong to into new parts.
     *
     * @param forgotten rows of which nothing stays, neither of the sections nor of parts
     * @param fulfilled those of them of which nothing is in other sections either
     */
    record IndexTail(List<LiveSection> sections, List<Erasure> forgotten, List<Erasure> fulfilled) implements Job {
        public IndexTail {
            sections = List.copyOf(sections);
            forgotten = List.copyOf(forgotten);
            fulfilled = List.copyOf(fulfilled);
        }

        @Override
        public List<LivePart> parts() {
            return List.of();
        }
    }

    /** Writes parts anew, as one or a few, without what is dead or expired. */
    record RewriteParts(List<LivePart> parts) implements Job {
        public RewriteParts {
            parts = List.copyOf(parts);
        }
    }

    /** Takes out parts all of whose rows are older than their project keeps them. */
    record ExpireParts(List<LivePart> parts) implements Job {
        public ExpireParts {
            parts = List.copyOf(parts);
        }
    }
}
