package io.spanlake.catalog.directory;

import java.util.List;
import reactor.core.publisher.Mono;

/** The directory as a whole, organization by organization. */
public interface DirectoryCopies {
    /** Of all organizations, from one snapshot. */
    Mono<List<DirectoryCopy>> all();

    /**
     * What the copy tells of and the directory does not know, in words: nothing of a directory is ever taken out, so a
     * copy tells no more than its directory, unless that was set back.
     */
    Mono<List<String>> lackedOf(DirectoryCopy copy);

    /** Adds what is missing of it; what is there stays as it is. */
    Mono<Void> restore(DirectoryCopy copy);
}
