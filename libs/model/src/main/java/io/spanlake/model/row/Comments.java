package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The comments on a row, by their id; of each the newest write. Immutable. */
final class Comments {
    static final Comments NONE = new Comments(Map.of());

    /**
     * @param json the comment as it was sent
     * @param removed whether that write takes the comment away
     */
    record Comment(Version version, String id, ByteSlice json, boolean removed) {}

    private final Map<String, Comment> byId;

    private Comments(Map<String, Comment> byId) {
        this.byId = byId;
    }

    static Comments of(Write write, Version version, Map<String, JsonField> fields) {
        String key = idOf(write.stamp(), fields);
        var delete = fields.get("_object_delete");
        boolean removed = delete != null && delete.value().at(0) == 't';
        return new Comments(Map.of(key, new Comment(version, key, write.json(), removed)));
    }

    /** Of a comment without an id, which can be neither changed nor removed, any key that is its own will do. */
    static String idOf(Stamp stamp, Map<String, JsonField> fields) {
        var id = fields.get("id");
        return id != null && id.value().at(0) == '"' ? JsonText.decodeString(id.value()) : stamp.paginationKey();
    }

    static Comments of(Map<String, Comment> byId) {
        return byId.isEmpty() ? NONE : new Comments(byId);
    }

    /** Those that were removed among them. */
    Collection<Comment> all() {
        return byId.values();
    }

    static Comments join(Comments a, Comments b, @Nullable Version clear) {
        if (a.byId.isEmpty() && b.byId.isEmpty()) {
            return NONE;
        }
        var joined = new TreeMap<String, Comment>(a.byId);
        b.byId.forEach((id, comment) -> joined.merge(id, comment, Comments::later));
        joined.values().removeIf(comment -> clear != null && comment.version.isBefore(clear));
        return new Comments(joined);
    }

    private static Comment later(Comment a, Comment b) {
        return a.version.isBefore(b.version) ? b : a;
    }

    /** Those that are there, oldest first. */
    List<Comment> present() {
        var present = new ArrayList<>(byId.values());
        present.removeIf(Comment::removed);
        present.sort(Comparator.comparing(Comment::version));
        return present;
    }

    long bytes() {
        long bytes = 0;
        for (var comment : byId.values()) {
            bytes += 160L + comment.id.length() + comment.json.length();
        }
        return bytes;
    }
}
