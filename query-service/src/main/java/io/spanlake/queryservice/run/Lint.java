package io.spanlake.queryservice.run;

import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.service.errors.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses queries with warnings where the client asked for it. The sentence is one that clients look for. */
final class Lint {
    private Lint() {}

    static void check(List<Warning> warnings) {
        var severe = warnings.stream()
                .filter(warning -> warning.severity().equals("warning"))
                .toList();
        if (severe.isEmpty()) {
            return;
        }
        var lines = severe.stream()
                .map(warning -> "%s (%s/%s): %s"
                        .formatted(warning.code(), warning.stage(), warning.severity(), warning.message()))
                .collect(Collectors.joining("\n"));
        throw Problem.of(
                        400,
                        "query-lint",
                        "A warning refuses the query",
                        "Query blocked by strict lint mode due to %d lint%s:\n%s"
                                .formatted(severe.size(), severe.size() == 1 ? "" : "s", lines))
                .with("code", "btql_lint_error")
                .refused();
    }
}
