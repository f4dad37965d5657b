package io.spanlake.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger knows of one row: its writes in order, of each whether it was acknowledged. What it may be is every fold of
 * what was acknowledged with some of the rest. Not thread-safe.
 */
final class LedgerRow {
    /** A row is written no more after a write of it was given up, so that there are few of these. */
    private static final int UNKNOWN_MAX = 8;

    /** @param transaction empty where nobody knows whether the write was taken */
    private record Noted(LedgerWrite write, Optional<String> transaction, boolean once) {}

    /** Of a row that nobody wrote. */
    static final LedgerRow NONE = new LedgerRow();

    private final List<Noted> writes = new ArrayList<>();

    void add(LedgerWrite write, Optional<String> transaction, boolean once) {
        writes.add(new Noted(write, transaction, once));
    }

    boolean isCertain() {
        return writes.stream().allMatch(noted -> noted.transaction().isPresent());
    }

    /** All that it may be now; one, where all its writes were acknowledged. */
    Set<PlainRow> candidates() {
        var unknown = new ArrayList<Integer>();
        for (int i = 0; i < writes.size(); i++) {
            if (writes.get(i).transaction().isEmpty()) {
                unknown.add(i);
            }
        }
        if (unknown.size() > UNKNOWN_MAX) {
            throw new IllegalStateException("%d writes of %s are unknown".formatted(unknown.size(), name()));
        }
        var candidates = new LinkedHashSet<PlainRow>();
        for (int taken = 0; taken < 1 << unknown.size(); taken++) {
            candidates.add(PlainRow.of(without(unknown, taken)));
        }
        return candidates;
    }

    private List<LedgerWrite> without(List<Integer> unknown, int taken) {
        var left = new ArrayList<LedgerWrite>();
        for (int i = 0; i < writes.size(); i++) {
            int which = unknown.indexOf(i);
            if (which < 0 || (taken >> which & 1) == 1) {
                left.add(writes.get(i).write());
            }
        }
        return left;
    }

    /** The transaction that made it what it is, where the last write was acknowledged. */
    Optional<String> lastTransaction() {
        return writes.isEmpty() ? Optional.empty() : writes.getLast().transaction();
    }

    /**
     * The transactions of its writes since the last delete, where each was sent once and acknowledged: the row has to tell
     * of just these, in this order.
     */
    Optional<List<String>> exactTransactions() {
        var transactions = new ArrayList<String>();
        for (var noted : writes) {
            if (noted.write().kind() == LedgerWrite.Kind.DELETE) {
                if (noted.transaction().isEmpty()) {
                    return Optional.empty();
                }
                transactions.clear();
            } else if (noted.transaction().isEmpty() || !noted.once()) {
                return Optional.empty();
            } else {
                transactions.add(noted.transaction().get());
            }
        }
        return Optional.of(transactions);
    }

    /** Whether a later write was told an earlier transaction. */
    boolean isOutOfOrder() {
        var before = "";
        for (var noted : writes) {
            var now = noted.transaction().orElse(before);
            if (now.compareTo(before) < 0) {
                return true;
            }
            before = now;
        }
        return false;
    }

    private String name() {
        return writes.getFirst().write().rowId();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        writes.forEach(noted -> text.append("%n    %s%s %s"
                .formatted(
                        noted.transaction().orElse("(unknown)"),
                        noted.once() ? "" : " (sent again)",
                        noted.write().row().toJson())));
        return text.toString();
    }
}
