package io.spanlake.query.parse;

import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.parse.grammar.QueryParser;
import io.spanlake.query.parse.grammar.QueryParser.*;
import io.spanlake.query.value.Arithmetic.Operator;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes the tree of an expression. */
final class ExprTree {
    private final SqlTree queries;
    private int parameters;

    ExprTree(SqlTree queries) {
        this.queries = queries;
    }

    List<Expr> all(ExpressionsContext context) {
        var all = new ArrayList<Expr>(context.expression().size());
        for (var expression : context.expression()) {
            all.add(of(expression));
        }
        return all;
    }

    Expr of(ExpressionContext context) {
        var condition = disjunction(context.disjunction());
        if (context.QUESTION() == null) {
            return condition;
        }
        var branch = new Expr.Branch(condition, of(context.expression(0)));
        return new Expr.Conditional(List.of(branch), of(context.expression(1)), Places.of(context));
    }

    private Expr disjunction(DisjunctionContext context) {
        if (context.conjunction().size() == 1) {
            return conjunction(context.conjunction(0));
        }
        return new Expr.Or(context.conjunction().stream().map(this::conjunction).toList(), Places.of(context));
    }

    private Expr conjunction(ConjunctionContext context) {
        if (context.negation().size() == 1) {
            return negation(context.negation(0));
        }
        return new Expr.And(context.negation().stream().map(this::negation).toList(), Places.of(context));
    }

    private Expr negation(NegationContext context) {
        return context.NOT() == null
                ? comparison(context.comparison())
                : new Expr.Not(negation(context.negation()), Places.of(context));
    }

    private Expr comparison(ComparisonContext context) {
        var operand = sum(context.sum());
        return context.predicate() == null ? operand : predicate(operand, context.predicate(), Places.of(context));
    }

    private Expr predicate(Expr operand, PredicateContext context, Place place) {
        return switch (context) {
            case CompareContext compare -> compare(operand, compare, place);
            case DistinctFromContext distinct ->
                new Expr.Compare(
                        distinct.NOT() == null ? Comparison.NULL_SAFE_UNEQUAL : Comparison.NULL_SAFE_EQUAL,
                        operand,
                        sum(distinct.sum()),
                        place);
            case IsContext is -> {
                var what = is.NULL() != null ? NullValue.NULL : BooleanValue.of(is.TRUE() != null);
                yield negated(is.NOT(), new Expr.Is(operand, what, place), place);
            }
            case PostfixNullContext postfix -> {
                var isNull = new Expr.Is(operand, NullValue.NULL, place);
                yield negated(postfix.ISNOTNULL(), isNull, place);
            }
            case WordsContext words -> negated(words.NOT(), words(operand, words, place), place);
            case InContext in -> negated(in.NOT(), in(operand, in, place), place);
            case BetweenContext between -> {
                var least = new Expr.Compare(Comparison.GREATER_OR_EQUAL, operand, sum(between.sum(0)), place);
                var most = new Expr.Compare(Comparison.LESS_OR_EQUAL, operand, sum(between.sum(1)), place);
                yield negated(between.NOT(), new Expr.And(List.of(least, most), place), place);
            }
            default -> throw new IllegalStateException("no predicate: " + context.getText());
        };
    }

    private static Expr negated(@org.jspecify.annotations.Nullable TerminalNode not, Expr expr, Place place) {
        return not == null ? expr : new Expr.Not(expr, place);
    }

    private Expr compare(Expr left, CompareContext context, Place place) {
        var right = sum(context.sum());
        return switch (context.operator.getType()) {
            case QueryParser.MATCHES -> new Expr.Regex(left, right, false, place);
            case QueryParser.MATCHES_ANY_CASE -> new Expr.Regex(left, right, true, place);
            case QueryParser.NOT_MATCHES -> new Expr.Not(new Expr.Regex(left, right, false, place), place);
            case QueryParser.NOT_MATCHES_ANY_CASE -> new Expr.Not(new Expr.Regex(left, right, true, place), place);
            default -> new Expr.Compare(comparison(context.operator.getType()), left, right, place);
        };
    }

    private static Comparison comparison(int type) {
        return switch (type) {
            case QueryParser.EQUAL -> Comparison.EQUAL;
            case QueryParser.UNEQUAL -> Comparison.UNEQUAL;
            case QueryParser.LESS -> Comparison.LESS;
            case QueryParser.LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
            case QueryParser.GREATER -> Comparison.GREATER;
            case QueryParser.GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case QueryParser.NULL_SAFE_EQUAL -> Comparison.NULL_SAFE_EQUAL;
            default -> Comparison.NULL_SAFE_UNEQUAL;
        };
    }

    private Expr words(Expr left, WordsContext context, Place place) {
        var right = sum(context.sum());
        if (context.ESCAPE() != null
                && !Texts.unquoted(context.STRING().getText()).equals("\\")) {
            throw SqlTree.fault("only \\ can escape in patterns", place);
        }
        return switch (context.operator.getType()) {
            case QueryParser.LIKE -> new Expr.Like(left, right, false, place);
            case QueryParser.ILIKE -> new Expr.Like(left, right, true, place);
            case QueryParser.MATCH -> new Expr.Match(left, right, place);
            default -> new Expr.Includes(left, right, place);
        };
    }

    private Expr in(Expr operand, InContext context, Place place) {
        if (context.compound() != null) {
            return new Expr.InQuery(operand, queries.compound(context.compound()), place);
        }
        if (context.sum() == null) {
            return new Expr.In(operand, context.expressions() == null ? List.of() : all(context.expressions()), place);
        }
        var list = sum(context.sum());
        return list instanceof Expr.Array array
                ? new Expr.In(operand, array.items(), place)
                : new Expr.InValue(operand, list, place);
    }

    private Expr sum(SumContext context) {
        var result = product(context.product(0));
        for (int i = 1; i < context.product().size(); i++) {
            var right = product(context.product(i));
            var place = Places.of(context);
            result = switch (((TerminalNode) context.getChild(2 * i - 1))
                    .getSymbol()
                    .getType()) {
                case QueryParser.PLUS -> new Expr.Calculate(Operator.ADD, result, right, place);
                case QueryParser.MINUS -> new Expr.Calculate(Operator.SUBTRACT, result, right, place);
                default -> new Expr.Concat(result, right, place);
            };
        }
        return result;
    }

    private Expr product(ProductContext context) {
        var result = signed(context.signed(0));
        for (int i = 1; i < context.signed().size(); i++) {
            var operator = switch (((TerminalNode) context.getChild(2 * i - 1))
                    .getSymbol()
                    .getType()) {
                case QueryParser.STAR -> Operator.MULTIPLY;
                case QueryParser.SLASH -> Operator.DIVIDE;
                default -> Operator.MODULO;
            };
            result = new Expr.Calculate(operator, result, signed(context.signed(i)), Places.of(context));
        }
        return result;
    }

    private Expr signed(SignedContext context) {
        if (context.postfix() != null) {
            return postfix(context.postfix());
        }
        var operand = signed(context.signed());
        if (context.MINUS() == null) {
            return operand;
        }
        return operand instanceof Expr.Literal literal
                        && literal.value() instanceof NumberValue number
                        && !number.text().startsWith("-")
                ? new Expr.Literal(NumberValue.parse("-" + number.text()), Places.of(context))
                : new Expr.Negate(operand, Places.of(context));
    }

    private Expr postfix(PostfixContext context) {
        var result = primary(context.primary());
        for (var suffix : context.suffix()) {
            result = suffixed(result, suffix);
        }
        return result;
    }

    private Expr suffixed(Expr operand, SuffixContext context) {
        var place = operand.place().known()
                ? new Place(
                        operand.place().line(),
                        operand.place().column(),
                        operand.place().offset(),
                        Places.of(context).next())
                : Places.of(context);
        if (context.type() != null) {
            return new Expr.Cast(operand, type(context.type()), place);
        }
        var stepped = stepped(operand, step(context), place);
        return context.ARROW_TEXT() == null ? stepped : new Expr.Cast(stepped, "text", place);
    }

    static Expr stepped(Expr operand, Step step, Place place) {
        return switch (operand) {
            case Expr.Name name -> {
                var longer = new ArrayList<>(name.steps());
                longer.add(step);
                yield new Expr.Name(longer, place);
            }
            case Expr.Quoted quoted -> new Expr.Name(List.of(new Step.Key(quoted.text()), step), place);
            default -> new Expr.At(operand, step, place);
        };
    }

    private static Step step(SuffixContext context) {
        if (context.STEP() != null) {
            return new Step.Key(context.STEP().getText().substring(1));
        }
        if (context.label() != null) {
            return new Step.Key(SqlTree.label(context.label()));
        }
        if (context.NUMBER() != null && context.DOT() != null) {
            return new Step.Key(context.NUMBER().getText());
        }
        if (context.NUMBER() != null) {
            long index = SqlTree.wholeNumber(context.NUMBER().getText(), Places.of(context));
            return new Step.Index(
                    Math.toIntExact(Math.clamp(context.MINUS() == null ? index : -index, -1L << 30, 1L << 30)));
        }
        var key = context.STRING() != null ? context.STRING() : context.QUOTED();
        return new Step.Key(Texts.unquoted(key.getText()));
    }

    private static String type(TypeContext context) {
        return SqlTree.label(context.label()).toLowerCase(Locale.ROOT);
    }

    private Expr primary(PrimaryContext context) {
        var place = Places.of(context);
        return switch (context) {
            case NumberContext number -> new Expr.Literal(number(number.getText()), place);
            case StringContext string -> new Expr.Literal(new TextValue(Texts.unquoted(string.getText())), place);
            case ConstantContext constant ->
                new Expr.Literal(
                        constant.NULL() != null ? NullValue.NULL : BooleanValue.of(constant.TRUE() != null), place);
            case ParameterValueContext parameter -> {
                var name = parameter.parameter().NAME();
                yield new Expr.Parameter(name == null ? Integer.toString(++parameters) : name.getText(), place);
            }
            case IntervalContext interval -> interval(interval, place);
            case CasesContext cases -> cases(cases, place);
            case CastContext cast -> new Expr.Cast(of(cast.expression()), type(cast.type()), place);
            case ExtractContext extract -> {
                var unit = new Expr.Literal(new TextValue(SqlTree.label(extract.label())), place);
                yield call("extract", List.of(unit, of(extract.expression())), place);
            }
            case MatchAgainstContext match -> {
                var words = of(match.expression());
                var each = all(match.expressions()).stream()
                        .<Expr>map(field -> new Expr.Match(field, words, place))
                        .toList();
                yield each.size() == 1 ? each.getFirst() : new Expr.Or(each, place);
            }
            case CallContext call -> call(call, place);
            case ParenthesizedContext inner -> of(inner.expression());
            case ScalarQueryContext inner -> new Expr.ScalarQuery(queries.compound(inner.compound()), place);
            case ArrayContext array ->
                new Expr.Array(array.expressions() == null ? List.of() : all(array.expressions()), place);
            case ObjectContext object -> {
                var fields = new LinkedHashMap<String, Expr>();
                for (var entry : object.entry()) {
                    var key = entry.STRING() != null
                            ? Texts.unquoted(entry.STRING().getText())
                            : SqlTree.label(entry.label());
                    fields.put(key, of(entry.expression()));
                }
                yield new Expr.ObjectOf(fields, place);
            }
            case NameContext name -> name(name, place);
            default -> throw new IllegalStateException("no value: " + context.getText());
        };
    }

    private static Expr name(NameContext context, Place place) {
        var text = context.getText();
        return switch (text.charAt(0)) {
            case '"' -> new Expr.Quoted(Texts.unquoted(text), place);
            case '`' -> new Expr.Name(List.of(new Step.Key(Texts.backquoted(text))), place);
            default -> new Expr.Name(List.of(new Step.Key(text)), place);
        };
    }

    private static NumberValue number(String text) {
        var plain = text.startsWith(".") ? "0" + text : text;
        var whole = plain.endsWith(".")
                ? plain.substring(0, plain.length() - 1)
                : plain.replace(".e", "e").replace(".E", "E");
        return NumberValue.parse(whole);
    }

    private static Expr interval(IntervalContext context, Place place) {
        var amount = context.STRING() != null
                ? Texts.unquoted(context.STRING().getText())
                : (context.MINUS() == null ? "" : "-") + context.NUMBER().getText();
        var unit = context.NAME() == null
                ? Optional.<String>empty()
                : Optional.of(context.NAME().getText());
        return new Expr.Literal(Intervals.of(amount, unit, place), place);
    }

    private Expr cases(CasesContext context, Place place) {
        boolean simple = context.expression().size() > (context.ELSE() == null ? 0 : 1);
        var branches = new ArrayList<Expr.Branch>();
        for (var branch : context.branch()) {
            var condition = of(branch.expression(0));
            branches.add(new Expr.Branch(
                    simple
                            ? new Expr.Compare(Comparison.EQUAL, of(context.expression(0)), condition, place)
                            : condition,
                    of(branch.expression(1))));
        }
        var otherwise = context.ELSE() == null
                ? new Expr.Literal(NullValue.NULL, place)
                : of(context.expression(context.expression().size() - 1));
        return new Expr.Conditional(branches, otherwise, place);
    }

    private Expr call(CallContext context, Place place) {
        var name = context.function().getText().toLowerCase(Locale.ROOT);
        var arguments = new ArrayList<Expr>();
        if (context.STAR() != null) {
            arguments.add(new Expr.Star(Optional.empty(), List.of(), Map.of(), place));
        } else if (context.expressions() != null) {
            arguments.addAll(all(context.expressions()));
        }
        var filter = context.expression() == null ? Optional.<Expr>empty() : Optional.of(of(context.expression()));
        return new Expr.Call(
                name,
                arguments.stream()
                        .map(value -> new Expr.Argument(Optional.empty(), value))
                        .toList(),
                context.DISTINCT() != null,
                filter,
                place);
    }

    static Expr call(String function, List<Expr> arguments, Place place) {
        return new Expr.Call(
                function,
                arguments.stream()
                        .map(value -> new Expr.Argument(Optional.empty(), value))
                        .toList(),
                false,
                Optional.empty(),
                place);
    }
}
