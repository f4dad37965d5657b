package io.spanlake.testkit.blobproxy;

/** How a request to object storage goes wrong. */
public enum BlobFault {
    /** 429: the account takes no more for now. */
    TOO_MANY_REQUESTS,
    /** 503 with {@code Retry-After}. */
    BUSY,
    /** The connection ends before the storage heard of the request. */
    RESET_BEFORE,
    /** The storage has done it; its answer is lost. */
    RESET_AFTER,
    /** Half of what was read comes, then the connection ends. */
    CUT_BODY,
    /** What was read comes with one byte changed, and nothing says so. */
    WRONG_BYTE,
    /** The answer comes late. */
    SLOW,
    /** A listing is what it was at an earlier time. */
    STALE_LISTING;

    boolean concerns(HttpMessage request) {
        return switch (this) {
            case TOO_MANY_REQUESTS, BUSY, RESET_BEFORE, RESET_AFTER, SLOW -> true;
            case CUT_BODY, WRONG_BYTE -> request.isRead();
            case STALE_LISTING -> request.isListing();
        };
    }
}
