package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Nearest;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What names, quoted words and parameters stand for. Not thread-safe. */
final class NameBinder {
    private final ExprBinder binder;
    private final Scope scope;
    private final DerivedFields derived;
    private final Map<String, Value> parameters;
    private final List<String> resolving = new ArrayList<>();

    NameBinder(ExprBinder binder, Scope scope, DerivedFields derived, Map<String, Value> parameters) {
        this.binder = binder;
        this.scope = scope;
        this.derived = derived;
        this.parameters = parameters;
    }

    Scalar name(Expr.Name name, Mode mode) {
        return find(name, mode).orElseThrow(() -> scope.unknown(name).exception());
    }

    private Optional<Scalar> find(Expr.Name name, Mode mode) {
        // An alias that is being resolved means the field of its name: max(created) as created.
        boolean aliasesFirst = mode.aliasesFirst() && !resolving.contains(name.first());
        return scope.find(name, aliasesFirst).map(found -> switch (found) {
            case Scope.Found.Path(var steps) -> derived.field(steps, scope.typeOf(steps));
            case Scope.Found.Computed(var value, var rest) -> ExprBinder.at(value, rest);
            case Scope.Found.Alias(var alias, var value, var rest) -> alias(alias, value, rest, name, mode);
        });
    }

    private Scalar alias(String alias, Expr value, List<Step> rest, Expr.Name name, Mode mode) {
        if (resolving.contains(alias)) {
            throw scope.schema()
                    .nested(alias)
                    .map(steps -> BindFault.of(alias + " is defined by itself", name.place()))
                    .orElseGet(() -> scope.unknown(name))
                    .exception();
        }
        resolving.add(alias);
        try {
            return ExprBinder.at(binder.bind(value, mode), rest);
        } finally {
            resolving.remove(alias);
        }
    }

    Scalar quoted(Expr.Quoted quoted, Mode mode) {
        var text = new Scalar.Constant(new TextValue(quoted.text()));
        if (!mode.quotedAreNames()) {
            return text;
        }
        return find(new Expr.Name(List.of(new Step.Key(quoted.text())), quoted.place()), mode)
                .orElse(text);
    }

    Scalar parameter(Expr.Parameter parameter) {
        var value = parameters.get(parameter.name());
        if (value == null) {
            throw BindFault.of("no value was given for the parameter " + parameter.name(), parameter.place())
                    .withHint(Nearest.hint(parameter.name(), parameters.keySet()))
                    .exception();
        }
        return new Scalar.Constant(value);
    }
}
