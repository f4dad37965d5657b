package io.spanlake.query.bind;

import io.spanlake.query.function.Functions;
import io.spanlake.query.parse.Place;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.Arithmetic.Operator;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Numbers of spans that can be read though they were not sent: durations, sums of tokens, costs. */
final class DerivedFields {
    private final Schema schema;

    DerivedFields(Schema schema) {
        this.schema = schema;
    }

    Scalar field(List<Step> steps, ValueType type) {
        if (steps.size() > 1
                && steps.getFirst() instanceof Step.Key(var label)
                && schema.sides().containsKey(label)) {
            var side = Objects.requireNonNull(schema.sides().get(label));
            return below(steps.getFirst(), new DerivedFields(side).field(steps.subList(1, steps.size()), type));
        }
        return ofRow(steps, type);
    }

    /** The same of a row that is a field of another. */
    private static Scalar below(Step label, Scalar scalar) {
        if (!(scalar instanceof Scalar.Field(var steps, var type))) {
            return ScalarTree.map(scalar, operand -> below(label, operand));
        }
        var all = new ArrayList<Step>(List.of(label));
        all.addAll(steps);
        return new Scalar.Field(all, type);
    }

    private Scalar ofRow(List<Step> steps, ValueType type) {
        var plain = new Scalar.Field(steps, type);
        boolean metric = schema.derives()
                && steps.size() == 2
                && steps.get(0).equals(new Step.Key("metrics"))
                && steps.get(1) instanceof Step.Key;
        if (!metric || !(steps.get(1) instanceof Step.Key(var name))) {
            return plain;
        }
        return switch (name) {
            case "duration" -> coalesce(plain, new Scalar.Calculate(Operator.SUBTRACT, metric("end"), metric("start")));
            case "total_tokens" -> coalesce(plain, metric("tokens"), bothTokens());
            case "tokens" -> coalesce(plain, metric("total_tokens"), bothTokens());
            case "estimated_cost" -> Scalar.Cost.ofSpan();
            default -> plain;
        };
    }

    private static Scalar metric(String name) {
        return new Scalar.Field(List.of(new Step.Key("metrics"), new Step.Key(name)), ValueType.ANY);
    }

    private static Scalar coalesce(Scalar... scalars) {
        return new Scalar.Call(Functions.named("coalesce").orElseThrow(), List.of(scalars));
    }

    private static Scalar bothTokens() {
        var prompt = metric("prompt_tokens");
        var completion = metric("completion_tokens");
        var zero = new Scalar.Constant(LongValue.ZERO);
        var sum = new Scalar.Calculate(Operator.ADD, coalesce(prompt, zero), coalesce(completion, zero));
        var none = new Scalar.And(List.of(new Scalar.IsNull(prompt), new Scalar.IsNull(completion)));
        return new Scalar.Conditional(List.of(new Scalar.Branch(none, new Scalar.Constant(NullValue.NULL))), sum);
    }

    /** {@code estimated_cost()}. */
    Scalar cost(Place place) {
        if (schema.derives()) {
            return Scalar.Cost.ofSpan();
        }
        if (schema.has("metrics")) {
            return metric("estimated_cost");
        }
        if (schema.has("estimated_cost")) {
            return new Scalar.Field(List.of(new Step.Key("estimated_cost")), ValueType.NUMBER);
        }
        throw BindFault.of("estimated_cost() needs spans or traces to read from", place)
                .exception();
    }
}
