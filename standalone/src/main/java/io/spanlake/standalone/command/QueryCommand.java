package io.spanlake.standalone.command;

import io.spanlake.model.ByteSlice;
import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.client.SpanlakeClient;
import io.spanlake.standalone.show.ResultTable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Runs a query and prints its answer. */
@Command(
        name = "query",
        description = {
            "Runs a query, SQL or BTQL, and prints its answer.",
            "For example: ./spanlake query \"select id, created from project_logs('demo') limit 5\""
        })
final class QueryCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** How an answer is printed. */
    enum Format {
        TABLE,
        JSON,
        CSV
    }

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "How the answer is printed (default: table). json: one row a line.")
    private Format format = Format.TABLE;

    @Option(names = "--cursor", paramLabel = "TEXT", description = "Where the page begins, as the page before it said.")
    private Optional<String> cursor = Optional.empty();

    @Parameters(paramLabel = "QUERY", description = "The query.")
    private String query = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        try (var client = options.client()) {
            var body = new LinkedHashMap<String, Object>();
            body.put("query", query);
            body.put("fmt", format == Format.TABLE ? "json" : format == Format.JSON ? "jsonl" : "csv");
            body.put("query_source", "spanlake_command");
            cursor.ifPresent(text -> body.put("cursor", text));
            if (format == Format.TABLE) {
                out.print(ResultTable.of(new WatchedQuery(spec.commandLine().getErr()).run(client, body)));
            } else {
                var answer = client.postRaw("/btql", ByteSlice.ofUtf8(JSON.writeValueAsString(body)), Map.of());
                if (answer.statusCode() != 200) {
                    throw new StartFailure(SpanlakeClient.detail(answer));
                }
                out.print(answer.body());
            }
            out.flush();
        }
        return 0;
    }
}
