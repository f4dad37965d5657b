package io.spanlake.query.parse;

import io.spanlake.query.value.Arithmetic;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression as it was written. Depth is bounded by {@link QueryLimits}, so that it may be walked by recursion. */
public sealed interface Expr {
    Place place();

    record Literal(Value value, Place place) implements Expr {}

    /** A path; its first step is a key. */
    record Name(List<Step> steps, Place place) implements Expr {
        public Name {
            steps = List.copyOf(steps);
        }

        public String first() {
            return steps.getFirst() instanceof Step.Key(var name) ? name : "";
        }
    }

    /** {@code "text"} by itself: a name or a string, as its position says. */
    record Quoted(String text, Place place) implements Expr {}

    /** {@code :name}, or {@code ?} whose name is its number from 1. */
    record Parameter(String name, Place place) implements Expr {}

    record Call(String function, List<Argument> arguments, boolean distinct, Optional<Expr> filter, Place place)
            implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Argument(Optional<String> name, Expr value) {}

    record Negate(Expr operand, Place place) implements Expr {}

    record Calculate(Arithmetic.Operator operator, Expr left, Expr right, Place place) implements Expr {}

    record Concat(Expr left, Expr right, Place place) implements Expr {}

    record Compare(Comparison operator, Expr left, Expr right, Place place) implements Expr {}

    record And(List<Expr> operands, Place place) implements Expr {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Or(List<Expr> operands, Place place) implements Expr {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Not(Expr operand, Place place) implements Expr {}

    /** {@code IS NULL}, {@code IS TRUE}, {@code IS FALSE}. */
    record Is(Expr operand, Value what, Place place) implements Expr {}

    record Like(Expr operand, Expr pattern, boolean anyCase, Place place) implements Expr {}

    record Regex(Expr operand, Expr pattern, boolean anyCase, Place place) implements Expr {}

    record Match(Expr operand, Expr words, Place place) implements Expr {}

    record Includes(Expr haystack, Expr needle, Place place) implements Expr {}

    /** @param among the items where they were written one by one */
    record In(Expr operand, List<Expr> among, Place place) implements Expr {
        public In {
            among = List.copyOf(among);
        }
    }

    /** In a value that holds the items. */
    record InValue(Expr operand, Expr list, Place place) implements Expr {}

    record InQuery(Expr operand, Query query, Place place) implements Expr {}

    record ScalarQuery(Query query, Place place) implements Expr {}

    record Conditional(List<Branch> branches, Expr otherwise, Place place) implements Expr {
        public Conditional {
            branches = List.copyOf(branches);
        }
    }

    record Branch(Expr condition, Expr then) {}

    record Cast(Expr operand, String type, Place place) implements Expr {}

    record Array(List<Expr> items, Place place) implements Expr {
        public Array {
            items = List.copyOf(items);
        }
    }

    record ObjectOf(Map<String, Expr> fields, Place place) implements Expr {}

    /** A step into something that is no path. */
    record At(Expr operand, Step step, Place place) implements Expr {}

    /** All columns, or those of one table of several. */
    record Star(Optional<String> table, List<String> except, Map<String, Expr> replace, Place place) implements Expr {
        public Star(List<String> except, Map<String, Expr> replace, Place place) {
            this(Optional.empty(), except, replace, place);
        }

        public Star {
            except = List.copyOf(except);
        }
    }

    enum Comparison {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        NULL_SAFE_EQUAL("<=>"),
        NULL_SAFE_UNEQUAL("<!=>");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }
}
