package io.spanlake.query.audit;

/** What became of a write that was in the log. */
public enum Fate {
    /** It is in a section that is not processed. */
    LOG,
    /** A row state in a processed section remembers it. */
    PROCESSED,
    /** A living row of a part remembers it. */
    PART,
    /** A later delete of its row ended it, or it is a delete that has nothing left to end. */
    DELETED,
    /** Its project keeps rows for less time than it is old. */
    EXPIRED,
    /** Someone asked that all versions of its row go. */
    ERASED,
    /** A section that nobody can read had it, and the catalog says so. */
    MISSING,
    /**
     * Nothing has it nor its row, and what could say why may be gone: a retention took the whole row, or a delete whose section
     * of the log was swept first.
     */
    UNEXPLAINED,
    /** Nothing has it, and nothing says why. */
    LOST,
    /** It lives in more than one place. */
    DOUBLED;

    public boolean isFault() {
        return this == LOST || this == DOUBLED;
    }
}
