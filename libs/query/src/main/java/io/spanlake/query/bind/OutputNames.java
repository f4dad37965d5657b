package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Query.Dialect;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.parse.Written;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the columns of an answer are called: by alias, by the last step of a path, or as they were written. */
final class OutputNames {
    private static final Pattern FUNCTION = Pattern.compile("([A-Za-z_]+)\\s*\\(");

    private final Dialect dialect;
    private final Set<String> taken = new HashSet<>();

    OutputNames(Dialect dialect) {
        this.dialect = dialect;
    }

    String of(Item item) {
        var name = item.alias().orElseGet(() -> implied(item));
        if (taken.add(name)) {
            return name;
        }
        if (dialect == Dialect.SQL) {
            throw BindFault.of("two columns are called " + name, item.value().place())
                    .withHint("give one of them an alias")
                    .exception();
        }
        var longer = item.value() instanceof Expr.Name path ? Written.path(path.steps()) : name;
        for (int i = 2; !taken.add(longer); i++) {
            longer = name + "_" + i;
        }
        return longer;
    }

    void take(List<String> names) {
        taken.addAll(names);
    }

    private static String implied(Item item) {
        return switch (item.value()) {
            case Expr.Name path -> Scope.lastKey(path).orElseGet(() -> Written.path(path.steps()));
            case Expr.Quoted quoted -> quoted.text();
            default ->
                FUNCTION.matcher(item.text()).replaceAll(call -> call.group(1).toLowerCase(Locale.ROOT) + "(");
        };
    }
}
