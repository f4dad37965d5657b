package io.spanlake.service.threads;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel of Linux knows of how a thread may be passed over. Java's own priorities do not reach it but by flags of the JVM
 * that change all its threads and warn whoever is not root; to lower one's own is allowed to anyone.
 */
final class Niceness {
    /**
     * About a tenth of the share of a thread that has not been lowered. More would be nothing at all while others are busy:
     * the garbage collector waits for each thread, and such a one might not come to where it can be stopped.
     */
    static final int LOWERED = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    private static final int PRIO_PROCESS = 0;
    /** As Linux has it, where each thread is a process to its scheduler. */
    private static final int CALLER = 0;

    private static final Optional<MethodHandle> SET_PRIORITY =
            System.getProperty("os.name").equals("Linux") ? setPriority() : Optional.empty();

    private Niceness() {}

    static void lowerThisThread() {
        SET_PRIORITY.ifPresent(Niceness::lower);
    }

    private static void lower(MethodHandle setPriority) {
        try {
            int result = (int) setPriority.invokeExact(PRIO_PROCESS, CALLER, LOWERED);
            if (result != 0) {
                LOG.debug(
                        "{} goes on with its priority: the system refused to lower it",
                        Thread.currentThread().getName());
            }
        } catch (Throwable fault) {
            throw new IllegalStateException("setpriority", fault);
        }
    }

    @SuppressWarnings("restricted") // The C library says what it takes; three ints cannot be taken amiss.
    private static Optional<MethodHandle> setPriority() {
        var linker = Linker.nativeLinker();
        var takesThreeInts = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("setpriority")
                .map(function -> linker.downcallHandle(function, takesThreeInts));
    }
}
