package io.spanlake.compactor.fold;

import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds the states of one row of an object that keeps versions with the versions that parts have of it. Pure and thread-safe.
 *
 * <ol>
 *   <li>each transaction of the tail or of a version is the beginning of a version: what all writes up to it fold to;
 *   <li>one that parts have goes into the fold of those behind it, and takes in what came late before it;
 *   <li>a version ends where the next one begins, or where it was deleted;
 *   <li>versions that stay as they are, and as long, are left where they lie.
 * </ol>
 *
 * @param settledBy everything before it is known here or stands in a part: what is older can be let go
 */
public record VersionFolder(TransactionId settledBy) {
    /**
     * @param states of the tail, at least one, of one row, each of one transaction
     * @param bases  live versions of parts; those that ended before the first of the states may be left out
     */
    public FoldedVersions fold(List<RowState> states, List<RowVersion> bases) {
        return new Fold(states, bases).run();
    }

    /** Of one row, once. */
    private final class Fold {
        private final NavigableMap<TransactionId, RowState> deltas = new TreeMap<>();
        private final NavigableMap<TransactionId, Integer> baseAt = new TreeMap<>();
        private final List<RowVersion> bases;
        /** Of each beginning what the row is from there, tombstones too, and where the version that it came from ends. */
        private final NavigableMap<TransactionId, RowVersion> folded = new TreeMap<>();

        private final List<RowVersion> live = new ArrayList<>();
        private final List<RowState> carried = new ArrayList<>();
        private final Set<Integer> taken = new HashSet<>();
        private final StampAccount account;
        /** Whether the version behind the one at hand is of patches alone, and stays in the tail. */
        private boolean patchWaits;

        Fold(List<RowState> states, List<RowVersion> bases) {
            this.bases = bases;
            var row = states.getFirst();
            account = new StampAccount(row.object(), row.rowId());
            for (var state : states) {
                deltas.merge(state.last().transaction(), state, RowState::join);
                account.in(state.stamps());
            }
            for (int base = 0; base < bases.size(); base++) {
                if (baseAt.put(bases.get(base).since(), base) != null) {
                    throw new IllegalStateException(
                            "two versions of a row of %s from one transaction on".formatted(row.object()));
                }
            }
        }

        FoldedVersions run() {
            var begins = new TreeMap<TransactionId, Boolean>();
            deltas.keySet().forEach(since -> begins.put(since, true));
            baseAt.keySet().forEach(since -> begins.put(since, true));
            for (var since : begins.keySet()) {
                folded.put(since, at(since));
            }
            folded.descendingMap().forEach(this::settle);
            boolean gone = live.isEmpty() && carried.isEmpty();
            return new FoldedVersions(live, carried, taken, account.balance(gone));
        }

        /** What the row is from here on, and how long at most. */
        private RowVersion at(TransactionId since) {
            var base = baseAt.get(since);
            if (base != null) {
                var known = bases.get(base);
                return known.state().isSettled()
                        ? known
                        : new RowVersion(withLate(known.state(), since), known.until());
            }
            var before = folded.lowerEntry(since);
            if (before != null && before.getValue().isSeenAt(since)) {
                var from = before.getValue();
                return new RowVersion(from.state().join(delta(since)), from.until());
            }
            // Whatever ended before is not gone on from: a deletion stands between.
            var floor = before == null
                    ? Optional.<TransactionId>empty()
                    : before.getValue().until();
            var state = floor
                    .map(end -> deltas.subMap(end, true, since, false))
                    .orElseGet(() -> deltas.headMap(since, false))
                    .values()
                    .stream()
                    .reduce(delta(since), RowState::join);
            return new RowVersion(state, Optional.empty());
        }

        /** What is settled has all that is older already. */
        private RowState withLate(RowState state, TransactionId since) {
            return deltas.headMap(since, true).values().stream().reduce(state, RowState::join);
        }

        private RowState delta(TransactionId since) {
            return Objects.requireNonNull(deltas.get(since));
        }

        private void settle(TransactionId since, RowVersion version) {
            var now = new RowVersion(version.state(), end(since, version));
            var base = baseAt.get(since);
            if (base != null && stays(bases.get(base), now)) {
                return;
            }
            if (base != null) {
                taken.add(base);
                account.in(bases.get(base).stamps());
            }
            boolean open = since.compareTo(settledBy) >= 0;
            boolean patch = !now.state().deleted() && now.state().patchOnly() && !goesOn(since);
            // Of a row of patches alone the older ones wait for the newest: none is shown without the others.
            patchWaits = patch && (open || patchWaits);
            if (patchWaits || (open && now.state().deleted())) {
                carry(deltas.get(since));
            } else if (!now.state().deleted()) {
                keep(now);
            }
        }

        private Optional<TransactionId> end(TransactionId since, RowVersion version) {
            var next = Optional.ofNullable(folded.higherKey(since));
            return version.until().isEmpty()
                            || (next.isPresent()
                                    && next.get().compareTo(version.until().get()) < 0)
                    ? next
                    : version.until();
        }

        private static boolean stays(RowVersion base, RowVersion now) {
            return base.until().equals(now.until())
                    && base.state().stamps().equals(now.state().stamps());
        }

        /** Whether it is, or goes on from, a version that is a row, with no deletion between. */
        private boolean goesOn(TransactionId since) {
            var at = since;
            while (!baseAt.containsKey(at)) {
                var before = folded.lowerEntry(at);
                if (before == null
                        || before.getValue().state().deleted()
                        || !before.getValue().isSeenAt(at)) {
                    return false;
                }
                at = before.getKey();
            }
            return true;
        }

        private void keep(RowVersion version) {
            var settled = new RowVersion(RowFolder.settled(version.state(), settledBy), version.until());
            account.kept(settled.stamps());
            live.addFirst(settled);
        }

        private void carry(@Nullable RowState delta) {
            if (delta != null) {
                account.kept(delta.stamps());
                carried.addFirst(delta);
            }
        }
    }
}
