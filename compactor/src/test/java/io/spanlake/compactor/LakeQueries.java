package io.spanlake.compactor;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random questions about the rows of a {@link RandomHistory}; {@code $} stands for the object. */
final class LakeQueries {
    private final Random random;

    LakeQueries(Random random) {
        this.random = random;
    }

    String query() {
        var where = " where " + condition(2);
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> "select id from $" + where + " order by id";
            case 3 -> "select id, %s as x from $%s order by x desc, id limit %d".formatted(value(), where, some(6));
            case 4 ->
                "select id from $%s order by _pagination_key%s limit %d".formatted(where, any("", " desc"), some(5));
            case 5 -> "select count(*), count(%s), min(%s), max(input) from $%s".formatted(value(), value(), where);
            case 6 ->
                "select %s as k, count(*) as n, max(%s) as m from $%s group by 1 order by 1, 2"
                        .formatted(value(), value(), where);
            case 7 -> "select id, root_span_id from $t %s order by root_span_id, id".formatted(where);
            case 8 ->
                "select id, metrics.errors, scores from $s where %s order by id"
                        .formatted(any("any_span(%s)", "%s", "not any_span(%s)").formatted(condition(1)));
            case 9 ->
                "select id from $ where root_span_id in (select root_span_id from $%s) order by id".formatted(where);
            case 10 ->
                "select a.id, b.id as other from $ as a join $ as b on a.root_span_id = b.root_span_id where a.id != b.id and %s order by 1, 2"
                        .formatted(condition(1)
                                .replaceAll(
                                        "\\b(metadata|input|error|tags|scores|created|root_span_id|span_id|is_root|id|metrics|comments|output|org_id|log_id|project_id|span_parents)\\b(?!')",
                                        "a.$1"));
            case 11, 12 ->
                "select id, %1$s as x from $%2$s order by %1$s%3$s, id limit %4$d"
                        .formatted(number(), where, any("", " desc"), some(4));
            default ->
                "select tag, count(*) as n from $ unpivot (tag for _ in (tags))%s group by tag order by tag"
                        .formatted(where);
        };
    }

    String condition(int depth) {
        return switch (random.nextInt(depth == 0 ? 13 : 16)) {
            case 0, 1 -> path() + any(" = ", " != ", " < ", " <= ", " > ", " >= ", " <=> ", " <!=> ") + literal();
            case 2 -> value() + any(" is null", " is not null");
            case 3 -> path() + any(" in (", " not in (") + literal() + ", " + literal() + any("", ", null") + ")";
            case 4 ->
                text()
                        + any(" like ", " ilike ", " not like ")
                        + any(
                                "'%ext 4%'",
                                "'TEXT %'",
                                "'%user%'",
                                "'%:#%'",
                                "'text _#'",
                                "'%\"k1\"%'",
                                "'%'",
                                "'%refund%'",
                                "'%not found%'",
                                "'%n17%'",
                                "'%get\\_user%'",
                                "'%get_user%'",
                                "'%deadline%'",
                                "'%ad get%'",
                                "'%\u9000\u6b3e%'",
                                "'%null,%'",
                                "'%d83d%'",
                                "'%:null}%'",
                                "'%\u00e9 %'");
            case 5 ->
                text()
                        + any(" match ", " not match ")
                        + any("'text'", "'\"text #\"'", "'#'", "'tex*'", "'text -4'", "'hello text'");
            case 6 ->
                text()
                        + any(" ~ ", " ~* ", " !~ ")
                        + any(
                                "'xt [0-4]'",
                                "'^TEXT'",
                                "'(user|tool)'",
                                "'#$'",
                                "'not fou?nd'",
                                "'(dead|under)line|refund'",
                                "'get[-_]user'",
                                "'(?i)DEADLINE +.?ad'");
            case 7 -> "tags" + any(" includes ", " not includes ") + any("'a'", "'b'", "'nobody'");
            case 8 ->
                any("id", "root_span_id", "span_id") + any(" = ", " != ") + any("'r1'", "'t1'", "'r7'", "'nobody'");
            case 9 -> any("id", "root_span_id") + " in ('r0', 't2', 'r3', 'nobody')";
            case 10 ->
                "created" + any(" > ", " < ", " >= ") + "'2026-03-01T12:0" + random.nextInt(4) + ":"
                        + (10 + random.nextInt(50)) + "Z'";
            case 11 ->
                any(
                        "scores.q > 0.4",
                        "scores.q = 0.5",
                        "scores.q is null",
                        "metrics.start > 17700005##",
                        "is_root",
                        "error is not null");
            case 12 ->
                any(
                        "input[0].role = 'user'",
                        "input[1].role = 'user'",
                        "input[0].role is not null",
                        "input[1].role is not null",
                        "tags[1] = 'a'",
                        "comments is not null",
                        "comments like '%text%'",
                        "comments match 'text'",
                        "org_id is not null",
                        "log_id = 'g'",
                        "project_id ~ '-'",
                        "span_parents is not null",
                        "input[-1].content = 'text #'",
                        "tags[0] = 'a'",
                        "metadata.deep.a.b = #",
                        "len(tags) = 2");
            case 13 -> "not (" + condition(depth - 1) + ")";
            case 14 -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
        };
    }

    private String number() {
        return any(
                "metadata.k0 + metadata.k1",
                "metadata.k1 - metadata.k2",
                "coalesce(scores.q, metadata.k0)",
                "metrics.start",
                "metrics.duration",
                "case when metadata.k0 > 4 then metadata.k1 else metadata.k2 end");
    }

    private String path() {
        return any("metadata.k0", "metadata.k1", "metadata.k2", "input", "metadata.deep.a.b", "scores.q", "error.code");
    }

    private String text() {
        return any("input", "metadata", "error", "output");
    }

    private String value() {
        return any(path(), "root_span_id", "tags[0]", "scores.q", "input[0].role", "metadata.k0", "error");
    }

    private String literal() {
        return any("#", "#", "'text #'", "'#'", "0.5", "#.5", "true", "'user'", "-#");
    }

    private int some(int most) {
        return 1 + random.nextInt(most);
    }

    private String any(String... choices) {
        var chosen = choices[random.nextInt(choices.length)];
        return Stream.of(chosen.split("", -1))
                .map(character -> character.equals("#")
                        ? Integer.toString(random.nextInt(1_000)).substring(0, 1)
                        : character)
                .collect(Collectors.joining());
    }
}
