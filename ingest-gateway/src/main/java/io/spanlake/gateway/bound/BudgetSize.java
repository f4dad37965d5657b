package io.spanlake.gateway.bound;

/**
 * How many bytes there are, and for whom. Pure.
 *
 * @param bytes      all there are
 * @param smallShare kept for small claims: large ones never take it
 * @param smallMax   largest claim that counts as small
 */
public record BudgetSize(long bytes, long smallShare, long smallMax) {
    public BudgetSize {
        if (bytes < 1 || smallShare < 0 || smallShare >= bytes || smallMax < 0) {
            throw new IllegalArgumentException(
                    "%d bytes, %d of them for claims to %d".formatted(bytes, smallShare, smallMax));
        }
    }

    /** A budget that makes no difference between claims. */
    public static BudgetSize plain(long bytes) {
        return new BudgetSize(bytes, 0, 0);
    }

    boolean isSmall(long claim) {
        return claim <= smallMax && claim <= smallShare;
    }

    /** Largest claim that can ever be granted. */
    public long claimMax() {
        return bytes - smallShare;
    }

    /**
     * Whether a claim fits now. Small claims may use what large ones leave, but not while a large one waits: else a
     * stream of small claims would keep it waiting for ever.
     */
    boolean admits(long claim, Use use, boolean largeWaits) {
        if (!isSmall(claim)) {
            return use.large + Math.max(0, use.small - smallShare) + claim <= claimMax();
        }
        boolean withinShare = use.small + claim <= smallShare;
        return withinShare || (!largeWaits && use.large + use.small + claim <= bytes);
    }

    /** Bytes that are held now. */
    record Use(long small, long large) {
        static final Use NONE = new Use(0, 0);

        Use plus(long bytes, boolean isSmall) {
            return isSmall ? new Use(small + bytes, large) : new Use(small, large + bytes);
        }

        long total() {
            return small + large;
        }
    }
}
