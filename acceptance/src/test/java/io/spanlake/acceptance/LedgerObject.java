package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.util.Map;

/**
 * One object that a ledger writes to.
 *
 * @param name   in the log of the ledger
 * @param type   in paths of reads
 * @param source what queries name it by
 * @param fields by which a row says that it belongs to it
 * @param spans  whether its rows lie in traces
 */
record LedgerObject(String name, String type, String id, String source, Fields fields, boolean spans) {
    static LedgerObject logs(String name, String project) {
        var fields = new Fields(Map.of("project_id", text(project), "log_id", text("g")));
        return new LedgerObject(name, "project_logs", project, "project_logs('%s')".formatted(project), fields, true);
    }

    static LedgerObject experiment(String name, String id) {
        var fields = new Fields(Map.of("experiment_id", text(id)));
        return new LedgerObject(name, "experiment", id, "experiment('%s')".formatted(id), fields, true);
    }

    static LedgerObject dataset(String name, String id) {
        var fields = new Fields(Map.of("dataset_id", text(id)));
        return new LedgerObject(name, "dataset", id, "dataset('%s')".formatted(id), fields, false);
    }

    private static Scalar text(String text) {
        return new Scalar(RawJsonText.quoted(text));
    }
}
