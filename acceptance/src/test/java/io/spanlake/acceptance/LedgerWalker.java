package io.spanlake.acceptance;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Turns the pages of every object again and again while it is written to. Whatever moves meanwhile: a row that was
 * acknowledged before the walk, and not deleted until its end, comes just once. Runs on a thread of its own.
 */
final class LedgerWalker implements Runnable {
    private static final int PAUSE_MILLIS = 200;
    private static final int SHOWN = 5;

    private final List<LedgerObject> objects;
    private final LedgerReads reads;
    private final LedgerSettled settled;
    private final LedgerTally tally;
    private final BooleanSupplier walking;

    LedgerWalker(
            List<LedgerObject> objects,
            LedgerReads reads,
            LedgerSettled settled,
            LedgerTally tally,
            BooleanSupplier walking) {
        this.objects = objects;
        this.reads = reads;
        this.settled = settled;
        this.tally = tally;
        this.walking = walking;
    }

    @Override
    public void run() {
        for (int walk = 0; walking.getAsBoolean(); walk++) {
            var object = objects.get(walk % objects.size());
            try {
                walk(object, (walk & 4) == 0);
            } catch (UncheckedIOException unanswered) {
                tally.unanswered();
            } catch (LedgerReads.NotNowException refused) {
                tally.refused();
            } catch (AssertionError refused) {
                tally.wrong("a walk was refused: " + refused.getMessage());
            }
            Pauses.millis(PAUSE_MILLIS);
        }
    }

    private void walk(LedgerObject object, boolean byUi) {
        var before = settled.rows(object.name());
        var read = byUi ? reads.idsByUi(object) : reads.idsByBtql(object);
        before.retainAll(settled.rows(object.name()));
        var once = new HashSet<>(read);
        if (once.size() != read.size()) {
            tally.wrong("a walk of %s met %d rows, %d of them different"
                    .formatted(object.name(), read.size(), once.size()));
        }
        before.removeAll(once);
        if (!before.isEmpty()) {
            tally.wrong("a walk of %s %s missed %d of %d rows: %s"
                    .formatted(
                            object.name(),
                            byUi ? "by the UI" : "by BTQL",
                            before.size(),
                            read.size(),
                            before.stream().limit(SHOWN).toList()));
        }
        tally.walked(read.size());
    }
}
