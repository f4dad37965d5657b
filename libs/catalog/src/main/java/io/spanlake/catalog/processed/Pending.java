package io.spanlake.catalog.processed;

import java.util.List;

/**
 * What of a partition waits to be processed, all of one incarnation. The next cut is {@code [first, b)} of that
 * incarnation, where {@code b} is the end of one of the sections, or {@code end}.
 *
 * @param first    where the next cut has to begin
 * @param end      up to where the sections given are all there is; equal to {@code first} where nothing waits
 * @param sections in order of {@code first}; a range is never given in part
 * @param more     whether there are sections from {@code end} on
 */
public record Pending(
        int partition, int incarnation, long first, long end, List<PendingSection> sections, boolean more) {
    public Pending {
        sections = List.copyOf(sections);
    }

    public boolean nothing() {
        return end == first;
    }
}
