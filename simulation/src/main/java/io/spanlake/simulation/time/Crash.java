package io.spanlake.simulation.time;

/**
 * Unwinds a process that was killed. It goes the way of any fault, so that nobody waits for an answer; whoever takes it for
 * one and goes on gets the next at its next call, for nothing of a dead process reaches its neighbours.
 */
public final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash(String process) {
        super(process + " was killed", null, false, false);
    }
}
