package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.value.LongValue;
import java.util.List;

/** Items by number, as in {@code GROUP BY 1}. */
final class Positions {
    private Positions() {}

    static Expr resolved(Expr key, List<Item> items) {
        if (!(key instanceof Expr.Literal literal) || !(literal.value() instanceof LongValue(var position))) {
            return key;
        }
        if (position < 1 || position > items.size()) {
            throw BindFault.of(
                            "position %d is not one of the %d columns".formatted(position, items.size()), key.place())
                    .exception();
        }
        return items.get((int) position - 1).value();
    }

    static long number(String name, String text, Place place) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw BindFault.of("%s is a whole number, not %s".formatted(name, text), place)
                    .exception();
        }
    }
}
