package io.spanlake.standalone.command;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.client.SpanlakeClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A query whose progress is shown while it runs, once it has run for a moment; the line goes with the answer. */
final class WatchedQuery {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";
    /** Events come four times a second. */
    private static final int QUIET_EVENTS = 4;

    private final PrintWriter err;
    private int events;
    private int shown;

    WatchedQuery(PrintWriter err) {
        this.err = err;
    }

    /** @return the document of the answer */
    JsonNode run(SpanlakeClient client, Map<String, ?> body) throws IOException, InterruptedException {
        var answer = client.postStreamed("/btql", body, "text/event-stream");
        try (var lines = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new StartFailure(SpanlakeClient.detail(lines.collect(Collectors.joining("\n"))));
            }
            return result(lines.iterator());
        } finally {
            wipe();
        }
    }

    private JsonNode result(Iterator<String> lines) {
        var event = "";
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.startsWith(EVENT)) {
                event = line.substring(EVENT.length());
            } else if (line.startsWith(DATA)) {
                var data = line.substring(DATA.length());
                switch (event) {
                    case "result" -> {
                        return JSON.readTree(data);
                    }
                    case "error" -> throw new StartFailure(SpanlakeClient.detail(data));
                    default -> show(JSON.readTree(data));
                }
            }
        }
        throw new StartFailure("the answer broke off");
    }

    private void show(JsonNode progress) {
        if (events++ >= QUIET_EVENTS) {
            var line = "%d%%, %,d rows, %,d MB"
                    .formatted(
                            progress.path("percent").asInt(),
                            progress.path("rows").asLong(),
                            progress.path("bytes").asLong() >> 20);
            err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            err.flush();
            shown = line.length();
        }
    }

    private void wipe() {
        if (shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
        }
    }
}
