package io.spanlake.query;

import java.util.List;
import reactor.core.Exceptions;

/** Where several sources of a read fail at once, Reactor makes one fault of theirs, which is none that anybody knows. */
public final class OneFault {
    private OneFault() {}

    /** A refusal among them, where there is one; else the first. A single fault is what it is. */
    public static Throwable of(Throwable fault) {
        if (!Exceptions.isMultiple(fault)) {
            return fault;
        }
        List<Throwable> all = Exceptions.unwrapMultiple(fault);
        return all.stream()
                .filter(ReadRefusedException.class::isInstance)
                .findFirst()
                .orElse(all.isEmpty() ? fault : all.getFirst());
    }
}
