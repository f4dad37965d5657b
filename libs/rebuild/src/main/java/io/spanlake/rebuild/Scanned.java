package io.spanlake.rebuild;

import java.util.List;

/**
 * What was found in some blobs.
 *
 * @param problems what could not be read, and why; names, never content
 */
record Scanned<T>(List<T> found, List<String> problems) {
    Scanned {
        found = List.copyOf(found);
        problems = List.copyOf(problems);
    }
}
