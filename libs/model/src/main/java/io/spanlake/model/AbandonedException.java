package io.spanlake.model;

import java.util.Comparator;

/**
 * Ends work that nobody waits for any more. Who cancels work of a scheduler interrupts its thread: a step that computes for
 * long without a read looks every now and then, by {@link #check}. There is nobody left to be told.
 */
public final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** So many small steps take less than a millisecond. */
    private static final int STEPS = 4_096;

    private AbandonedException() {
        super("nobody waits for it any more", null, false, false);
    }

    /** Costs about a nanosecond. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new AbandonedException();
        }
    }

    /** As {@link #check}, now and then: for steps that take a few nanoseconds. */
    public static void checkAt(int step) {
        if (step % STEPS == 0) {
            check();
        }
    }

    /** The same order, for sorts that may take long. Not thread-safe. */
    public static <T> Comparator<T> checked(Comparator<T> order) {
        return new Comparator<>() {
            private int steps;

            @Override
            public int compare(T a, T b) {
                checkAt(++steps);
                return order.compare(a, b);
            }
        };
    }
}
