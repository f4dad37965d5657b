package io.spanlake.standalone.serve;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.DataFolder;

/** What a person can use of an error that went through the framework. */
final class StartReason {
    private StartReason() {}

    static StartFailure of(RuntimeException fault, DataFolder data) {
        Throwable cause = fault;
        while (!(cause instanceof StartFailure) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof StartFailure known
                ? known
                : new StartFailure("%s.%nThe log says more: %s".formatted(cause.getMessage(), data.serverLog()), fault);
    }
}
