package io.spanlake.model.row;

import io.spanlake.model.ObjectType;
import io.spanlake.model.Stamp;
import java.util.List;

/**
 * Which of the writes that a stored row remembers are counted with it, where sums over stamps are compared. Where an object
 * keeps versions, each version of a row remembers the writes of those before it too: so each counts those of its own
 * transaction, and every write is counted once.
 */
public final class AccountedStamps {
    private AccountedStamps() {}

    /** @param stamps that the row remembers, oldest first, at least one */
    public static List<Stamp> of(ObjectType type, List<Stamp> stamps) {
        if (!type.keepsVersions()) {
            return stamps;
        }
        var own = stamps.getLast().transaction();
        int first = stamps.size() - 1;
        while (first > 0 && stamps.get(first - 1).transaction().equals(own)) {
            first--;
        }
        return stamps.subList(first, stamps.size());
    }
}
