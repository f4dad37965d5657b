package io.spanlake.query.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random conditions and values over the columns a (integers), b (texts), c (decimals) and f (yes or no), all with nulls. */
final class RandomQueries {
    private static final List<String> TEXTS = List.of("x", "xy", "y", "", "Xy", "é", "😀", "50%");
    private final Random random;

    RandomQueries(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A row of the table: literals of SQL. */
    List<String> row() {
        return List.of(
                maybe(Integer.toString(random.nextInt(9) - 3)),
                maybe("'" + text() + "'"),
                maybe(decimal()),
                maybe(Boolean.toString(random.nextBoolean())));
    }

    private String maybe(String literal) {
        return random.nextInt(5) == 0 ? "NULL" : literal;
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private String decimal() {
        return List.of("0.5", "1.25", "-2.75", "3.0", "10.125", "0.0").get(random.nextInt(6));
    }

    String condition(int depth) {
        return switch (random.nextInt(depth == 0 ? 9 : 12)) {
            case 0, 1 -> number(1) + comparison() + number(1);
            case 2 -> "$b" + comparison() + "'" + text() + "'";
            case 3 -> any("$a", "$b", "$c", "$f") + any(" IS NULL", " IS NOT NULL");
            case 4 -> "$a" + any(" IN ", " NOT IN ") + "(1, 2" + any(", NULL", ", 5") + ")";
            case 5 -> "$b" + any(" LIKE ", " ILIKE ", " NOT LIKE ") + any("'x%'", "'%y'", "'_'", "'%%'", "'x_'");
            case 6 -> number(1) + any(" BETWEEN ", " NOT BETWEEN ") + "-1 AND " + random.nextInt(5);
            case 7 -> "$f" + any("", " IS TRUE", " IS FALSE", " = true");
            case 8 -> "$b" + any(" IN ", " NOT IN ") + "('x', 'é')";
            case 9 -> "NOT (" + condition(depth - 1) + ")";
            case 10 -> "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
        };
    }

    String number(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 7)) {
            case 0 -> "$a";
            case 1 -> "$c";
            case 2 -> Integer.toString(random.nextInt(5));
            case 3 -> "(" + number(depth - 1) + any(" + ", " - ", " * ") + number(depth - 1) + ")";
            case 4 -> "coalesce(" + number(depth - 1) + ", 1)";
            case 5 -> "(CASE WHEN " + condition(0) + " THEN " + number(0) + " ELSE " + number(0) + " END)";
            default -> "abs(" + number(depth - 1) + ")";
        };
    }

    String aggregate() {
        return switch (random.nextInt(6)) {
            case 0 -> "count(*)";
            case 1 -> "count(" + any("$a", "$b", "$c") + ")";
            case 2 -> any("sum", "min", "max", "avg") + "(" + number(1) + ")";
            case 3 -> "count(DISTINCT " + any("$a", "$b", "$f") + ")";
            case 4 -> any("min", "max") + "($b)";
            default -> "sum($a) FILTER (WHERE " + condition(1) + ")";
        };
    }

    String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String comparison() {
        return any(" = ", " != ", " < ", " <= ", " > ", " >= ");
    }

    List<String> sortKeys() {
        var keys = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            keys.add(any("$a", "$b", "$c", "$f") + any("", " DESC"));
        }
        return keys.stream().distinct().toList();
    }
}
