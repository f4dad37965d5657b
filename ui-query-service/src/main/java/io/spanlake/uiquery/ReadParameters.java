package io.spanlake.uiquery;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.read.PageRequest;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a request asks for. Anything that is not understood is a 400 that names it. */
final class ReadParameters {
    static final int LIMIT_MAX = 1000;
    private static final String LIMIT_DEFAULT = "100";

    private ReadParameters() {}

    static ObjectRef object(ServerRequest request) {
        return new ObjectRef(type(request.pathVariable("type")), id(request.pathVariable("id")));
    }

    static ReadMode mode(ServerRequest request) {
        return switch (request.queryParam("strict").orElse("false")) {
            case "true" -> ReadMode.STRICT;
            case "false" -> ReadMode.NEWEST;
            default -> throw bad("strict is true or false");
        };
    }

    static PageRequest page(ServerRequest request, long pageBytes) {
        return new PageRequest(
                direction(request.queryParam("order").orElse("desc")),
                request.queryParam("cursor").filter(cursor -> !cursor.isEmpty()),
                new PageLimits(limit(request.queryParam("limit").orElse(LIMIT_DEFAULT)), pageBytes));
    }

    private static ObjectType type(String text) {
        return Arrays.stream(ObjectType.values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> bad("the type of an object is one of "
                        + Arrays.stream(ObjectType.values())
                                .map(ObjectType::text)
                                .collect(Collectors.joining(", "))));
    }

    private static String id(String id) {
        if (id.isEmpty() || id.length() > ObjectRef.ID_CHARS_MAX) {
            throw bad("the id of an object has 1 to %d characters, this one %d"
                    .formatted(ObjectRef.ID_CHARS_MAX, id.length()));
        }
        return id;
    }

    private static RowDirection direction(String text) {
        return switch (text) {
            case "desc" -> RowDirection.NEWEST_FIRST;
            case "asc" -> RowDirection.OLDEST_FIRST;
            default -> throw bad("order is desc or asc");
        };
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw bad("limit is a number from 1 to " + LIMIT_MAX);
        }
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw bad("limit is 1 to %d, not %d".formatted(LIMIT_MAX, limit));
        }
        return limit;
    }

    private static RefusedException bad(String detail) {
        return Problem.of(400, "bad-parameter", "A parameter is wrong", detail).refused();
    }
}
