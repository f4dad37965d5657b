package io.spanlake.query.tail;

import io.spanlake.storage.processed.TokenFilter;
import java.util.List;
import java.util.Optional;

/**
 * Which words the frames of a processed section may have.
 *
 * @param filters of each frame; empty where it does not say all
 */
public record FrameWords(List<Optional<TokenFilter>> filters) {
    public FrameWords {
        filters = List.copyOf(filters);
    }

    /** @param words of ASCII, whole ones */
    public boolean mayHave(int frame, String words) {
        return filters.get(frame).map(filter -> filter.mayHaveWords(words)).orElse(true);
    }
}
