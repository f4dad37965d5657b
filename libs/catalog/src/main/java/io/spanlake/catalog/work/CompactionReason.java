package io.spanlake.catalog.work;

/** Why an object is due. The most urgent one, in this order. */
public enum CompactionReason {
    /** Erased rows have to leave live blobs. */
    ERASE(0, CompactionLane.REWRITE),
    /** Someone asked that all versions of a row go. */
    FORGET(1, CompactionLane.TAIL),
    /** The tail is large or old. */
    TAIL(2, CompactionLane.TAIL),
    /** Patches and tombstones were carried for long. */
    CARRIED(3, CompactionLane.TAIL),
    /** A part has many dead rows. */
    DEAD_ROWS(4, CompactionLane.REWRITE),
    /** Rows are older than their project keeps them. */
    RETENTION(5, CompactionLane.REWRITE),
    /** Parts wait to be merged. */
    MERGE(6, CompactionLane.REWRITE);

    private final int urgency;
    private final CompactionLane lane;

    CompactionReason(int urgency, CompactionLane lane) {
        this.urgency = urgency;
        this.lane = lane;
    }

    public CompactionLane lane() {
        return lane;
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
