package io.spanlake.standalone.load;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import java.util.Optional;

/** What the objects of a file are, told by their fields. */
enum FileForm {
    /** Spans in the neutral form, one a line: each becomes a row of its own, so that their order does not matter. */
    NEUTRAL("/logs3", 4),
    /** Bodies as SDKs send them, one a line: later rows merge into earlier ones. */
    LOGS3("/logs3", 1),
    /** Requests of an OpenTelemetry exporter, one a line or one a file. */
    OTLP("/otel/v1/traces", 1);

    private final String path;
    private final int batchesInFlight;

    FileForm(String path, int batchesInFlight) {
        this.path = path;
        this.batchesInFlight = batchesInFlight;
    }

    String path() {
        return path;
    }

    int batchesInFlight() {
        return batchesInFlight;
    }

    static Optional<FileForm> of(ByteSlice object) {
        var fields = JsonObjectFields.lastOf(object);
        if (fields.containsKey("resourceSpans")) {
            return Optional.of(OTLP);
        }
        if (fields.containsKey("rows")) {
            return Optional.of(LOGS3);
        }
        return fields.containsKey("trace_id") && fields.containsKey("span_id")
                ? Optional.of(NEUTRAL)
                : Optional.empty();
    }
}
