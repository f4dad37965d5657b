package io.spanlake.gateway.refuse;

import java.time.Duration;

/** Why a request is not taken. */
public sealed interface Refusal {
    /** @param what the thing that has these bytes: "the body", "the inflated body", "the upload" */
    record TooLarge(String what, long bytes, long limitBytes) implements Refusal {}

    record InflatesTooFar(String encoding, long ratioLimit) implements Refusal {}

    record UnknownEncoding(String encoding) implements Refusal {}

    record BadCompression(String encoding, String fault) implements Refusal {}

    /** The client said how many bytes it sends, and sent others. */
    record LengthMismatch(long stated, long received) implements Refusal {}

    record NotUtf8(Place place) implements Refusal {}

    record NotJson(Place place, String fault) implements Refusal {}

    /** JSON, but not what this path takes. */
    record BadShape(Place place, String fault) implements Refusal {}

    record RowTooLarge(Place place, long bytes, long limitBytes) implements Refusal {}

    record TooDeep(Place place, int limit) implements Refusal {}

    record TooManyKeys(Place place, int limit) implements Refusal {}

    record TooManyRows(Place place, int limit) implements Refusal {}

    record SlowBody(long received, long bytesPerSecond) implements Refusal {}

    /** @param what the bound that is reached: "memory for bodies", "bytes on their way to Kafka" */
    record Busy(String what, Duration retryAfter) implements Refusal {}

    /** Kafka did not acknowledge in time, or a part that nothing can replace is away. */
    record Unavailable(String what, Duration retryAfter) implements Refusal {}

    /** Kafka appended rows too long after, or before, the time in their transaction. */
    record NotInTime(Duration retryAfter) implements Refusal {}

    record NoSuchUpload(String key) implements Refusal {}

    record UploadNotAllowed(String fault) implements Refusal {}
}
