package io.spanlake.catalog.work;

/** Why an object is due. The most urgent one, in this order. */
public enum CompactionReason {
    /** Erased rows have to leave live blobs. */
    ERASE(0),
    /** The tail is large or old. */
    TAIL(1),
    /** Patches and tombstones were carried for long. */
    CARRIED(2),
    /** A part has many dead rows. */
    DEAD_ROWS(3),
    /** Rows are older than their project keeps them. */
    RETENTION(4),
    /** Parts wait to be merged. */
    MERGE(5);

    private final int urgency;

    CompactionReason(int urgency) {
        this.urgency = urgency;
    }

    /** @param urgency as the statement gives it: 0 is the most urgent */
    static CompactionReason of(int urgency) {
        for (var reason : values()) {
            if (reason.urgency == urgency) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason has the urgency " + urgency);
    }
}
