package io.spanlake.gateway.split;

import io.spanlake.gateway.refuse.Place;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.row.RowKeys;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.Utf8;
import io.spanlake.service.errors.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one row after another. Of a field that stands twice the last counts. Not thread-safe. */
final class RowReader {
    private static final int CREATED_CHARS_MAX = 64;
    private static final int UTF8_MAX = 3;

    private int row;
    private long bodyOffset;
    private @Nullable String id;
    private @Nullable String spanId;
    private @Nullable String traceId;
    private @Nullable String projectId;
    private @Nullable String logId;
    private @Nullable String experimentId;
    private @Nullable String datasetId;
    private @Nullable String promptSessionId;
    private OriginId origin = OriginId.NONE;
    private boolean merge;
    private boolean delete;
    private boolean comment;
    private boolean span;
    private @Nullable ObjectRef lastObject;
    private @Nullable String lastObjectText;
    private String lastObjectSpelling = "";

    /**
     * The keys of the row that begins at the cursor, which is moved behind it.
     *
     * @param row        index in the request, for errors
     * @param bodyOffset what to add to places of the cursor to have places in the body
     */
    RowKeys read(JsonCursor cursor, int row, long bodyOffset) {
        forget();
        this.row = row;
        this.bodyOffset = bodyOffset;
        if (cursor.peek() != '{') {
            throw wrong(cursor.at(), "is not an object");
        }
        int first = cursor.at();
        cursor.beginCounting();
        cursor.enter('{');
        for (boolean begin = true; cursor.more(begin); begin = false) {
            cursor.key();
            read(RowField.of(cursor), cursor);
        }
        return keys(first);
    }

    /** Where in the row something is wrong, as far as the row was read. */
    Place place(int at) {
        return new Place(Optional.of(row), Optional.ofNullable(id), bodyOffset + at);
    }

    private void read(@Nullable RowField field, JsonCursor cursor) {
        if (field == null) {
            cursor.value();
            return;
        }
        switch (field) {
            case ID -> id = id(field, cursor);
            case SPAN_ID -> spanId = id(field, cursor);
            case ROOT_SPAN_ID -> traceId = id(field, cursor);
            case IS_MERGE -> merge = flag(field, cursor);
            case OBJECT_DELETE -> delete = flag(field, cursor);
            case MERGE_PATHS -> mergePaths(cursor);
            case PROJECT_ID -> projectId = objectId(field, cursor);
            case EXPERIMENT_ID -> experimentId = objectId(field, cursor);
            case DATASET_ID -> datasetId = objectId(field, cursor);
            case PROMPT_SESSION_ID -> promptSessionId = objectId(field, cursor);
            case LOG_ID -> logId = text(field, cursor, ObjectRef.ID_CHARS_MAX);
            case ORIGIN -> origin = OriginId.read(cursor);
            case COMMENT -> comment = notNull(cursor);
            case CREATED -> created(field, cursor);
            case SPAN_PARENTS, SPAN_ATTRIBUTES, INPUT, OUTPUT, EXPECTED, SCORES, METRICS -> span |= notNull(cursor);
        }
    }

    private RowKeys keys(int first) {
        var object = object(first);
        boolean patch = spanId == null && traceId == null && !span;
        if (!delete && comment && patch && origin.fault() != null) {
            throw wrong(first, origin.fault());
        }
        if (!delete && comment && patch && origin.text() != null) {
            return new RowKeys(
                    object, Optional.ofNullable(id), Optional.empty(), WriteKind.COMMENT, Optional.of(origin.text()));
        }
        var kind = delete ? WriteKind.DELETE : merge ? WriteKind.MERGE : WriteKind.FULL;
        if (delete && id == null) {
            throw wrong(first, "deletes a row without naming its id");
        }
        return new RowKeys(object, Optional.ofNullable(id), Optional.ofNullable(traceId), kind, Optional.empty());
    }

    private ObjectRef object(int first) {
        int named = (experimentId == null ? 0 : 1) + (datasetId == null ? 0 : 1) + (promptSessionId == null ? 0 : 1);
        if (named > 1) {
            throw wrong(first, "names more than one of experiment_id, dataset_id and prompt_session_id");
        }
        if (experimentId != null) {
            return object(ObjectType.EXPERIMENT, experimentId);
        }
        if (datasetId != null) {
            return object(ObjectType.DATASET, datasetId);
        }
        if (promptSessionId != null) {
            return object(ObjectType.PLAYGROUND, promptSessionId);
        }
        if (projectId == null) {
            throw wrong(
                    first,
                    "does not say where it belongs: project_id with log_id, experiment_id, dataset_id or prompt_session_id");
        }
        return object(typeOfLog(first), projectId);
    }

    private ObjectType typeOfLog(int first) {
        if ("g".equals(logId)) {
            return ObjectType.PROJECT_LOGS;
        }
        if ("p".equals(logId)) {
            return ObjectType.PROMPT;
        }
        throw wrong(first, "has a project_id, so log_id has to be \"g\" (logs) or \"p\" (prompts)");
    }

    /** Rows of a request mostly belong together: one object for all of them. */
    private ObjectRef object(ObjectType type, String text) {
        var last = lastObject;
        if (last != null && last.type() == type && last.id().equals(text)) {
            return last;
        }
        var object = new ObjectRef(type, text);
        lastObject = object;
        return object;
    }

    private @Nullable String id(RowField field, JsonCursor cursor) {
        int at = cursor.at();
        var text = text(field, cursor, Write.ID_BYTES_MAX);
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            throw wrong(at, "has an empty " + field.text());
        }
        // A character has three bytes at most, so most ids need no look.
        if (UTF8_MAX * text.length() > Write.ID_BYTES_MAX) {
            mustFit(field, text, at);
        }
        return text;
    }

    private void mustFit(RowField field, String id, int at) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Write.ID_BYTES_MAX) {
            throw wrong(at, "has a %s of %d bytes, the limit is %d".formatted(field.text(), bytes, Write.ID_BYTES_MAX));
        }
    }

    private @Nullable String objectId(RowField field, JsonCursor cursor) {
        int at = cursor.at();
        var text = text(field, cursor, ObjectRef.ID_CHARS_MAX);
        if (text == null) {
            return null;
        }
        // Rows of a request mostly name the same object.
        if (!text.equals(lastObjectText)) {
            if (!ObjectIdText.isSound(text)) {
                throw wrong(at, "has a %s that is empty or has control characters".formatted(field.text()));
            }
            lastObjectText = text;
            lastObjectSpelling = ObjectIdText.oneSpelling(text);
        }
        return lastObjectSpelling;
    }

    /** Only looked at: what is short and without escapes is not even decoded. */
    private void created(RowField field, JsonCursor cursor) {
        if (cursor.peek() != '"') {
            text(field, cursor, CREATED_CHARS_MAX);
            return;
        }
        int at = cursor.at();
        cursor.string();
        if (cursor.stringHasEscapes() || cursor.stringLength() > CREATED_CHARS_MAX) {
            check(field, cursor.text(), at, CREATED_CHARS_MAX, cursor.stringHasEscapes());
        }
    }

    /** Null where the value is null; well-formed, so that it survives every encoding. */
    private @Nullable String text(RowField field, JsonCursor cursor, int charsMax) {
        byte next = cursor.peek();
        int at = cursor.at();
        if (next == 'n') {
            cursor.value();
            return null;
        }
        if (next != '"') {
            throw wrong(at, "has a %s that is not text".formatted(field.text()));
        }
        cursor.string();
        var text = cursor.text();
        check(field, text, at, charsMax, cursor.stringHasEscapes());
        return text;
    }

    /** @param escaped whether it stood there with escapes; strict UTF-8 holds no surrogate otherwise */
    private void check(RowField field, String text, int at, int charsMax, boolean escaped) {
        if (text.length() > charsMax) {
            throw wrong(
                    at, "has a %s of %d characters, the limit is %d".formatted(field.text(), text.length(), charsMax));
        }
        if (escaped && Utf8.hasLoneSurrogate(text)) {
            throw wrong(at, "has a %s with half a surrogate pair".formatted(field.text()));
        }
    }

    private boolean flag(RowField field, JsonCursor cursor) {
        byte next = cursor.peek();
        if (next != 't' && next != 'f' && next != 'n') {
            throw wrong(cursor.at(), "has a %s that is neither true nor false".formatted(field.text()));
        }
        cursor.value();
        return next == 't';
    }

    private static boolean notNull(JsonCursor cursor) {
        byte next = cursor.peek();
        cursor.value();
        return next != 'n';
    }

    private void mergePaths(JsonCursor cursor) {
        if (cursor.peek() == 'n') {
            cursor.value();
            return;
        }
        if (cursor.peek() != '[') {
            throw wrong(cursor.at(), "has _merge_paths that are not an array of arrays of text");
        }
        cursor.enter('[');
        for (boolean first = true; cursor.more(first); first = false) {
            mergePath(cursor);
        }
    }

    private void mergePath(JsonCursor cursor) {
        if (cursor.peek() != '[') {
            throw wrong(cursor.at(), "has a merge path that is not an array of text");
        }
        cursor.enter('[');
        for (boolean first = true; cursor.more(first); first = false) {
            if (cursor.peek() != '"') {
                throw wrong(cursor.at(), "has a merge path with a step that is not text");
            }
            cursor.string();
        }
    }

    private void forget() {
        id = null;
        spanId = null;
        traceId = null;
        projectId = null;
        logId = null;
        experimentId = null;
        datasetId = null;
        promptSessionId = null;
        origin = OriginId.NONE;
        merge = false;
        delete = false;
        comment = false;
        span = false;
    }

    private RefusedException wrong(int at, String fault) {
        return Refusals.exception(new Refusal.BadShape(place(at), fault));
    }
}
