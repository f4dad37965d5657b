package io.spanlake.model.row;

/** The first byte of a stored row's header: see docs/formats/row-state.md. */
final class StoredForm {
    /** In the two lowest bits. */
    static final int ONE_WRITE = 1;

    static final int SETTLED = 2;
    static final int FOLD = 3;
    static final int FORM_MASK = 3;

    /** Where the trace id is: one of the three below, at this bit. Not of a {@link #FOLD}, whose writes each say it. */
    static final int TRACE_SHIFT = 2;

    static final int TRACE_NONE = 0;
    static final int TRACE_IN_JSON = 1;
    static final int TRACE_TEXT = 2;
    static final int TRACE_MASK = 3;

    static final int BREAKS = 1 << 4;

    /** Of {@link #ONE_WRITE}: its kind, less one, at this bit. */
    static final int KIND_SHIFT = 5;

    static final int KIND_MASK = 3;

    static final int AUDIT = 1 << 5;
    static final int COMMENTS = 1 << 6;
    static final int SHAPES = 1 << 7;

    private StoredForm() {}
}
