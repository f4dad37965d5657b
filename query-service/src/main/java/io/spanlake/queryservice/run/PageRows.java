package io.spanlake.queryservice.run;

import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows until they are enough; on one thread at a time. */
final class PageRows {
    private final long bytesMax;
    private final List<byte[]> rows = new ArrayList<>();
    private long bytes;

    PageRows(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** @return whether the page is full */
    boolean add(ObjectValue row) {
        var json = json(row);
        rows.add(json);
        bytes += json.length;
        return full();
    }

    boolean full() {
        return bytes > bytesMax;
    }

    List<byte[]> rows() {
        return rows;
    }

    static byte[] json(ObjectValue row) {
        return JsonWriter.json(row).getBytes(StandardCharsets.UTF_8);
    }
}
