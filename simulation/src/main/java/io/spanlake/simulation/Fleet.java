package io.spanlake.simulation;

import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.simulation.node.ProcessorNode;
import io.spanlake.simulation.node.Questions;
import io.spanlake.simulation.store.StoredBlobs;
import java.util.List;

/**
 * What the services are made of, where tests put in something that is wrong.
 *
 * @param folders      how writes of a cut are folded
 * @param ofCompactors what compactors are shown of the catalog
 * @param ofReaders    what readers are shown of it
 * @param onlyQueries  whether readers ask for nothing else
 * @param queries      that readers ask; {@code $} is the object, {@code #} a number
 */
public record Fleet(
        ProcessorNode.Folders folders, Seen ofCompactors, Seen ofReaders, List<String> queries, boolean onlyQueries) {
    /** What a service sees of the catalog. */
    @FunctionalInterface
    public interface Seen {
        Seen ALL = (snapshots, _) -> snapshots;

        ObjectSnapshots of(ObjectSnapshots snapshots, StoredBlobs stored);
    }

    public static final Fleet SOUND = new Fleet(ProcessorNode.Folders.SOUND, Seen.ALL, Seen.ALL, Questions.ALL, false);

    public Fleet {
        queries = List.copyOf(queries);
    }

    public Fleet with(ProcessorNode.Folders others) {
        return new Fleet(others, ofCompactors, ofReaders, queries, onlyQueries);
    }

    public Fleet whoseCompactorsSee(Seen seen) {
        return new Fleet(folders, seen, ofReaders, queries, onlyQueries);
    }

    /** @param asked that and nothing else is asked */
    public Fleet whoseReadersSee(Seen seen, List<String> asked) {
        return new Fleet(folders, ofCompactors, seen, asked, true);
    }
}
