package io.spanlake.uiquery.browse;

import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.RowPreview;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * What a request asks for: parameters of its query, or members of the same names of a JSON object that is posted, for filters
 * that no address has room for. What is not known is a 400 that says what is.
 */
final class Asked {
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final Map<String, List<String>> members;

    private Asked(Map<String, List<String>> members) {
        this.members = members;
    }

    /** @param known names; others are refused */
    static Mono<Asked> of(ServerRequest request, Set<String> known) {
        var asked = request.method().equals(HttpMethod.POST)
                ? body(request)
                : Mono.fromSupplier(() -> new Asked(new LinkedHashMap<>(request.queryParams())));
        return asked.doOnNext(all -> all.requireKnown(known));
    }

    private static Mono<Asked> body(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), BODY_BYTES_MAX)
                .map(buffer -> {
                    try {
                        return buffer.toString(StandardCharsets.UTF_8);
                    } finally {
                        DataBufferUtils.release(buffer);
                    }
                })
                .defaultIfEmpty("{}")
                .map(Asked::parsed)
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> Problem.of(
                                        413,
                                        "request-too-large",
                                        "The request is too large",
                                        "a request has at most %d bytes".formatted(BODY_BYTES_MAX))
                                .refused());
    }

    private static Asked parsed(String body) {
        if (!(JsonValues.parse(body).orElse(ArrayValue.EMPTY) instanceof ObjectValue(var fields))) {
            throw bad("the body is one JSON object: the names that are parameters otherwise, and their values");
        }
        var members = new LinkedHashMap<String, List<String>>();
        fields.forEach((name, value) -> {
            if (!value.isNull()) {
                members.put(
                        name,
                        value instanceof ArrayValue(var items)
                                ? items.stream().map(item -> text(name, item)).toList()
                                : List.of(text(name, value)));
            }
        });
        return new Asked(members);
    }

    private static String text(String name, Value value) {
        return switch (value) {
            case TextValue(var text) -> text;
            case BooleanValue flag -> Boolean.toString(flag.isTrue());
            case NumberValue number -> number.text();
            default -> throw bad("%s is a text, a number, true or false, or an array of them".formatted(name));
        };
    }

    private void requireKnown(Set<String> known) {
        for (var name : members.keySet()) {
            if (!known.contains(name)) {
                throw bad("there is no parameter '%s' here: those that are are %s"
                        .formatted(name, String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    /** The one value; an empty one is none. */
    Optional<String> one(String name) {
        var all = all(name);
        if (all.size() > 1) {
            throw bad("%s is given %d times".formatted(name, all.size()));
        }
        return all.stream().findFirst();
    }

    List<String> all(String name) {
        return members.getOrDefault(name, List.of()).stream()
                .filter(text -> text != null && !text.isBlank())
                .toList();
    }

    int number(String name, int otherwise, int least, int most) {
        var text = one(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,9}")
                || Integer.parseInt(text.get()) < least
                || Integer.parseInt(text.get()) > most) {
            throw bad("%s is a number from %d to %d".formatted(name, least, most));
        }
        return Integer.parseInt(text.get());
    }

    boolean flag(String name) {
        return switch (one(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad("%s is true or false".formatted(name));
        };
    }

    Optional<Instant> time(String name) {
        return one(name)
                .map(text -> Times.of(new TextValue(text)) instanceof TimeValue time ? time.instant() : badTime(name));
    }

    private static Instant badTime(String name) {
        throw bad("%s is a time as ISO 8601 writes it: 2026-05-12T23:48:26Z".formatted(name));
    }

    ReadMode mode() {
        return flag("strict") ? ReadMode.STRICT : ReadMode.NEWEST;
    }

    /** Bytes of each string of a row. */
    RowPreview preview(int otherwise, int most) {
        return new RowPreview(number("preview", otherwise, 1, most));
    }

    static RefusedException bad(String detail) {
        return Problem.of(400, "bad-parameter", "A parameter is wrong", detail).refused();
    }
}
