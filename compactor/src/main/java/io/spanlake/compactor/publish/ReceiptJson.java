package io.spanlake.compactor.publish;

import io.spanlake.compactor.job.Target;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import java.time.Instant;
import java.util.List;

/** A receipt as JSON, for people and their auditors: docs/formats/receipt.md. */
final class ReceiptJson {
    private ReceiptJson() {}

    static ByteSlice of(
            Target target, List<String> rows, List<String> blobs, Instant now, Instant kafka, Instant storage) {
        var json = new StringBuilder("{\"object\":");
        JsonText.appendString(json, target.object().toString());
        json.append(",\"erased_at\":\"")
                .append(now)
                .append("\",\"kafka_forgets\":\"")
                .append(kafka)
                .append("\",\"storage_forgets\":\"")
                .append(storage)
                .append("\",\"rows\":");
        appendTexts(json, rows);
        json.append(",\"blobs_retired\":");
        appendTexts(json, blobs);
        return ByteSlice.ofUtf8(json.append("}\n").toString());
    }

    private static void appendTexts(StringBuilder json, List<String> texts) {
        json.append('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            JsonText.appendString(json, texts.get(i));
        }
        json.append(']');
    }
}
