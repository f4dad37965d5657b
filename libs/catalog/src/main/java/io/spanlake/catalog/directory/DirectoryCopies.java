package io.spanlake.catalog.directory;

import java.util.List;
import reactor.core.publisher.Mono;

/** The directory as a whole, organization by organization. */
public interface DirectoryCopies {
    /** Of all organizations, from one snapshot. */
    Mono<List<DirectoryCopy>> all();

    /** Adds what is missing of it; what is there stays as it is. */
    Mono<Void> restore(DirectoryCopy copy);
}
