package io.spanlake.uiquery.browse;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.browse.LiveEvent;
import io.spanlake.uiquery.answer.Answers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Events as the text of a stream. */
final class LiveEvents {
    /** How long a client waits before it comes back. */
    static final byte[] BEGIN = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final int AROUND_BYTES = 128;

    private final Answers answers;

    LiveEvents(Answers answers) {
        this.answers = answers;
    }

    byte[] text(LiveEvent event) {
        return switch (event) {
            case LiveEvent.Row(var cursor, var json) -> text(cursor, "row", json);
            case LiveEvent.CaughtUp(var cursor, var freshness) ->
                text(cursor, "caught-up", answers.freshness(freshness));
            case LiveEvent.Skipped(var cursor, var from, var before) ->
                text(cursor, "skipped", ByteSlice.ofUtf8("{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, before)));
        };
    }

    /** Line breaks may stand between tokens of JSON, where a space means the same. */
    private static byte[] text(String id, String kind, ByteSlice json) {
        var out = new ByteArrayOutputStream(json.length() + AROUND_BYTES);
        out.writeBytes("id: %s\nevent: %s\ndata: ".formatted(id, kind).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < json.length(); i++) {
            byte b = json.at(i);
            out.write(b == '\n' || b == '\r' ? ' ' : b);
        }
        out.writeBytes(new byte[] {'\n', '\n'});
        return out.toByteArray();
    }
}
