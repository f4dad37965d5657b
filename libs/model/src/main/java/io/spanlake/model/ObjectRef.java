package io.spanlake.model;

/**
 * What rows belong to. Project logs and prompts carry their project's id.
 *
 * @param id 1 to 256 characters
 */
public record ObjectRef(ObjectType type, String id) implements Comparable<ObjectRef> {
    public static final int ID_CHARS_MAX = 256;

    public ObjectRef {
        if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "an object id has 1 to %d characters, this one %d".formatted(ID_CHARS_MAX, id.length()));
        }
    }

    @Override
    public int compareTo(ObjectRef other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : id.compareTo(other.id);
    }

    /** {@code dataset:4c1f…}: for messages and logs. */
    @Override
    public String toString() {
        return type.text() + ":" + id;
    }
}
