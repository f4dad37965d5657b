package io.spanlake.gateway.refuse;

import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The words and the status of each refusal, in one place. */
public final class Refusals {
    private static final String DURABILITY =
            "Rows may be stored in part, each whole; sending the request again is harmless.";

    private Refusals() {}

    public static RefusedException exception(Refusal refusal) {
        return new RefusedException(problem(refusal));
    }

    public static <T> Mono<T> error(Refusal refusal) {
        return Mono.error(() -> exception(refusal));
    }

    static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.TooLarge(var what, var bytes, var limit) ->
                problem(
                        413,
                        "too-large",
                        "Too large",
                        "%s has %s%d bytes, the limit is %d"
                                .formatted(what, bytes > limit ? "" : "over ", bytes, limit),
                        Map.of("bytes", bytes, "limit_bytes", limit));
            case Refusal.InflatesTooFar(var encoding, var limit) ->
                problem(
                        413,
                        "inflates-too-far",
                        "Inflates too far",
                        "the %s body inflates to more than %d times its size".formatted(encoding, limit),
                        Map.of("limit_ratio", limit));
            case Refusal.UnknownEncoding(var encoding) ->
                problem(
                        415,
                        "unknown-encoding",
                        "Unknown content encoding",
                        "Content-Encoding %s is not known; send gzip, deflate, zstd or none"
                                .formatted(Place.shortened(encoding)),
                        Map.of());
            case Refusal.BadCompression(var encoding, var fault) ->
                problem(
                        400,
                        "bad-compression",
                        "The body does not inflate",
                        "the body is no whole %s stream: %s".formatted(encoding, fault),
                        Map.of());
            case Refusal.LengthMismatch(var stated, var received) ->
                problem(
                        400,
                        "length-mismatch",
                        "The body is cut",
                        "Content-Length says %d bytes, %d came".formatted(stated, received),
                        Map.of());
            case Refusal.NotUtf8(var place) -> at(place, 400, "not-utf8", "Not UTF-8", "is not valid UTF-8", Map.of());
            case Refusal.NotJson(var place, var fault) ->
                at(place, 400, "not-json", "Not JSON", "is not valid JSON: " + fault, Map.of());
            case Refusal.BadShape(var place, var fault) ->
                at(place, 400, "bad-request", "Not as asked", fault, Map.of());
            case Refusal.RowTooLarge(var place, var bytes, var limit) ->
                at(
                        place,
                        413,
                        "row-too-large",
                        "Row too large",
                        "has %d bytes, the limit is %d".formatted(bytes, limit),
                        Map.of("bytes", bytes, "limit_bytes", limit));
            case Refusal.TooDeep(var place, var limit) ->
                at(
                        place,
                        400,
                        "too-deep",
                        "Nested too deep",
                        "is nested deeper than the limit of %d".formatted(limit),
                        Map.of("limit", limit));
            case Refusal.TooManyKeys(var place, var limit) ->
                at(
                        place,
                        400,
                        "too-many-keys",
                        "Too many keys",
                        "has more keys than the limit of %d".formatted(limit),
                        Map.of("limit", limit));
            case Refusal.TooManyRows(var place, var limit) ->
                at(
                        place,
                        413,
                        "too-many-rows",
                        "Too many rows",
                        "is past the limit of %d rows a request".formatted(limit),
                        Map.of("limit", limit));
            case Refusal.SlowBody(var received, var rate) ->
                problem(
                        408,
                        "slow-body",
                        "The body comes too slowly",
                        "after %d bytes the body fell behind %d bytes a second".formatted(received, rate),
                        Map.of("limit_bytes_per_second", rate));
            case Refusal.Busy(var what, var after) ->
                problem(429, "busy", "Busy", what + " is used up for now; send again later", Map.of())
                        .retryAfter(after);
            case Refusal.Unavailable(var what, var after) ->
                problem(503, "unavailable", "Unavailable", what + ". " + DURABILITY, Map.of())
                        .retryAfter(after);
            case Refusal.NotInTime(var after) ->
                problem(
                                503,
                                "not-in-time",
                                "Not in time",
                                "Kafka appended some rows more than 30 s after, or 10 s before, the time of their transaction; these"
                                        + " do not count. Kafka is slow, or the clock of this gateway or of a broker is wrong. "
                                        + DURABILITY,
                                Map.of())
                        .retryAfter(after);
            case Refusal.NoSuchUpload(var key) ->
                problem(
                        404,
                        "no-such-upload",
                        "No such upload",
                        "nothing was uploaded under the key %s".formatted(Place.shortened(key)),
                        Map.of());
            case Refusal.UploadNotAllowed(var fault) ->
                problem(403, "upload-not-allowed", "Upload not allowed", fault, Map.of());
        };
    }

    private static Problem problem(
            int status, String type, String title, String detail, Map<String, Object> extensions) {
        return new Problem(status, type, title, detail, extensions, Optional.empty());
    }

    private static Problem at(
            Place place, int status, String type, String title, String fault, Map<String, Object> extensions) {
        var members = new LinkedHashMap<String, Object>();
        place.row().ifPresent(row -> members.put("row", row));
        place.id().ifPresent(id -> members.put("id", Place.shortened(id)));
        members.put("byte_offset", place.byteOffset());
        members.putAll(extensions);
        return problem(status, type, title, place.text() + " " + fault, members);
    }
}
