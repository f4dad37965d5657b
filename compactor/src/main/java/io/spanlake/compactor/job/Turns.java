package io.spanlake.compactor.job;

import io.spanlake.model.ObjectRef;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Whose turn it is to publish an object in this process, first come first served: a rewrite that is done waits for the tail
 * job under way, which would otherwise have to begin anew. It protects nothing; between processes the swap decides alone.
 * Thread-safe.
 */
public final class Turns {
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int wanted;
    }

    private final Map<ObjectRef, Turn> turns = new HashMap<>();

    /** Does the work once nobody else of this process is at the object. Blocks. */
    public boolean take(ObjectRef object, BooleanSupplier work) {
        var turn = enter(object);
        try {
            turn.lock.lock();
            try {
                return work.getAsBoolean();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            leave(object, turn);
        }
    }

    private Turn enter(ObjectRef object) {
        synchronized (turns) {
            var turn = turns.computeIfAbsent(object, _ -> new Turn());
            turn.wanted++;
            return turn;
        }
    }

    private void leave(ObjectRef object, Turn turn) {
        synchronized (turns) {
            turn.wanted--;
            if (turn.wanted == 0) {
                turns.remove(object);
            }
        }
    }
}
