package io.spanlake.catalog;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/** Tells faults that pass from those that stay. */
public final class CatalogFault {
    public static final String UNIQUE_VIOLATION = "23505";
    public static final String FOREIGN_KEY_VIOLATION = "23503";

    /** Shut down, crashed, starting, out of connections, cancelled by a time-out, deadlock, lock time-out, read-only. */
    private static final Set<String> PASSING = Set.of(
            "57P01", "57P02", "57P03", "57P05", "53300", "57014", "40001", "40P01", "55P03", "25006", "25P02", "25P03");

    private CatalogFault() {}

    /** Whether the same statement may succeed on another connection or a little later. */
    public static boolean passes(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException fault && passes(fault)) {
                return true;
            }
            // A connection that closes while it is written to is told by the network library in a type of its own.
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof AbortedException) {
                return true;
            }
        }
        return false;
    }

    public static boolean is(String sqlState, Throwable error) {
        return error instanceof R2dbcException fault && sqlState.equals(fault.getSqlState());
    }

    private static boolean passes(R2dbcException fault) {
        @Nullable String state = fault.getSqlState();
        if (state == null) {
            return fault instanceof R2dbcNonTransientResourceException
                    || fault instanceof R2dbcTransientException
                    || fault instanceof R2dbcRollbackException;
        }
        return PASSING.contains(state) || state.startsWith("08") || fault instanceof R2dbcTransientException;
    }
}
