package io.spanlake.storage.part.columns;

import io.spanlake.model.ObjectType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The columns that every part has, so that outside readers find them in each file, of the same type. */
final class FixedColumns {
    static final Column ID = Column.of(ColumnType.TEXT, "id");
    static final Column SPAN_ID = Column.of(ColumnType.TEXT, "span_id");
    static final Column ROOT_SPAN_ID = Column.of(ColumnType.TEXT, "root_span_id");
    static final Column IS_ROOT = Column.of(ColumnType.BOOLEAN, "is_root");
    static final Column TRANSACTION = Column.of(ColumnType.INTEGER, "_xact_id");
    static final Column PAGINATION_KEY = Column.of(ColumnType.INTEGER, "_pagination_key");
    /** Only where the object keeps versions. */
    static final Column UNTIL = Column.of(ColumnType.INTEGER, "_until");

    static final Column CREATED = Column.of(ColumnType.TIME, "created");
    static final Column ERROR = Column.of(ColumnType.TEXT, "error");
    static final Column HAS_ERROR = Column.of(ColumnType.BOOLEAN, "has_error");
    static final Column TAGS = Column.of(ColumnType.TEXTS, "tags");

    static final List<Column> ALL = List.of(
            ID,
            SPAN_ID,
            ROOT_SPAN_ID,
            IS_ROOT,
            TRANSACTION,
            PAGINATION_KEY,
            CREATED,
            ERROR,
            HAS_ERROR,
            TAGS,
            Column.of(ColumnType.TEXT, "span_attributes", "name"),
            Column.of(ColumnType.TEXT, "span_attributes", "type"),
            Column.of(ColumnType.TEXT, "span_attributes", "purpose"),
            Column.of(ColumnType.DOUBLE, "metrics", "start"),
            Column.of(ColumnType.DOUBLE, "metrics", "end"),
            Column.of(ColumnType.INTEGER, "metrics", "prompt_tokens"),
            Column.of(ColumnType.INTEGER, "metrics", "completion_tokens"),
            Column.of(ColumnType.INTEGER, "metrics", "tokens"),
            Column.of(ColumnType.TEXT, "metadata", "model"));

    /** What is nested: each of these is a struct in the file. */
    static final List<String> STRUCTS = List.of("span_attributes", "metrics", "scores", "metadata");

    /** Every number below these has a column, however rare. */
    static final Set<String> NUMBERS = Set.of("metrics", "scores");

    /** Without ids no row is found, so they are held however long they are. */
    private static final Set<String> UNBOUNDED = Set.of("id", "span_id", "root_span_id");

    private static final int FIXED_TEXT_BYTES_MAX = 1_024;

    private FixedColumns() {}

    static List<Column> of(ObjectType type) {
        return type.keepsVersions()
                ? Stream.concat(ALL.stream(), Stream.of(UNTIL)).toList()
                : ALL;
    }

    static int textBytesMax(String root) {
        return UNBOUNDED.contains(root) ? Integer.MAX_VALUE : FIXED_TEXT_BYTES_MAX;
    }
}
