package io.spanlake.query;

import org.jspecify.annotations.Nullable;

/** Carries a {@link ReadRefusal} through a stream. Has no stack trace: it is an answer, not a bug. */
public final class ReadRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ReadRefusal refusal;

    public ReadRefusedException(ReadRefusal refusal) {
        this(refusal, null);
    }

    public ReadRefusedException(ReadRefusal refusal, @Nullable Throwable cause) {
        super(refusal.detail(), cause, false, false);
        this.refusal = refusal;
    }

    public ReadRefusal refusal() {
        return refusal;
    }
}
