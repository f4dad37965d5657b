package io.spanlake.query.parse;

/** Carries a {@link QueryFault}. Has no stack trace: it is an answer, not a bug. */
public final class QueryFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient QueryFault fault;

    public QueryFaultException(QueryFault fault) {
        super(fault.sentence(), null, false, false);
        this.fault = fault;
    }

    public QueryFault fault() {
        return fault;
    }
}
