package io.spanlake.storage.part.columns;

/** A column of one part. Of one path there is one column at most. */
public record Column(ColumnPath path, ColumnType type) {
    static Column of(ColumnType type, String first, String... below) {
        return new Column(ColumnPath.of(first, below), type);
    }

    /** {@code metadata.model:TEXT}. */
    @Override
    public String toString() {
        return path + ":" + type;
    }
}
