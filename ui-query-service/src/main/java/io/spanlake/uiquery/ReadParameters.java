package io.spanlake.uiquery;

import static io.spanlake.uiquery.request.ObjectRequests.bad;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.read.PageRequest;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.RowPreview;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.value.Paths.Step;
import java.util.List;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a request asks for. Anything that is not understood is a 400 that names it. */
final class ReadParameters {
    static final int LIMIT_MAX = 1000;
    static final int PREVIEW_MAX = 100_000;
    private static final String LIMIT_DEFAULT = "100";
    private static final QueryTexts TEXTS = new QueryTexts(QueryLimits.DEFAULT);

    private ReadParameters() {}

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

    /** How many bytes of each string are wanted; absent or 0: all. */
    static Optional<RowPreview> preview(ServerRequest request) {
        return request.queryParam("preview")
                .map(text -> number("preview", text, 0, PREVIEW_MAX))
                .filter(bytes -> bytes > 0)
                .map(RowPreview::new);
    }

    /** As queries write it: {@code input[0].content}, {@code metadata."odd key"}; no step where all is wanted. */
    static List<Step> path(ServerRequest request) {
        return request.queryParam("path")
                .filter(text -> !text.isEmpty())
                .map(ReadParameters::path)
                .orElse(List.of());
    }

    static List<Step> path(String text) {
        return switch (TEXTS.expression(text)) {
            case Expr.Name name -> name.steps();
            case Expr.Quoted quoted -> List.of(new Step.Key(quoted.text()));
            default -> throw bad("path is a path: input[0].content, metadata.\"odd key\"");
        };
    }

    static boolean asText(ServerRequest request) {
        return switch (request.queryParam("as").orElse("json")) {
            case "text" -> true;
            case "json" -> false;
            default -> throw bad("as is json or text");
        };
    }

    private static RowDirection direction(String text) {
        return switch (text) {
            case "desc" -> RowDirection.NEWEST_FIRST;
            case "asc" -> RowDirection.OLDEST_FIRST;
            default -> throw bad("order is desc or asc");
        };
    }

    private static int limit(String text) {
        return number("limit", text, 1, LIMIT_MAX);
    }

    static int number(String name, String text, int least, int most) {
        if (!text.matches("[0-9]{1,9}")) {
            throw bad("%s is a number from %d to %d".formatted(name, least, most));
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw bad("%s is %d to %d, not %d".formatted(name, least, most, number));
        }
        return number;
    }
}
