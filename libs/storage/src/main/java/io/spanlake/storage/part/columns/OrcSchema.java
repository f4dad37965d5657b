package io.spanlake.storage.part.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.orc.TypeDescription;

/** Columns as types of ORC, and back. */
final class OrcSchema {
    /** Of each row the columns that could not hold its value. */
    static final String LEFT_OUT = "_left_out";

    private OrcSchema() {}

    /** The file's one struct: single columns, then structs of those below one key, then {@link #LEFT_OUT}. */
    static TypeDescription of(List<Column> columns) {
        var schema = TypeDescription.createStruct();
        for (var column : columns) {
            if (column.path().keys().size() == 1) {
                schema.addField(column.path().root(), typeOf(column.type()));
            }
        }
        for (var struct : FixedColumns.STRUCTS) {
            var type = TypeDescription.createStruct();
            for (var column : columns) {
                if (column.path().keys().size() > 1 && column.path().root().equals(struct)) {
                    type.addField(column.path().below(), typeOf(column.type()));
                }
            }
            // Not every reader knows a struct without fields.
            if (!type.getFieldNames().isEmpty()) {
                schema.addField(struct, type);
            }
        }
        return schema.addField(LEFT_OUT, typeOf(ColumnType.TEXTS));
    }

    private static TypeDescription typeOf(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> TypeDescription.createBoolean();
            case INTEGER -> TypeDescription.createLong();
            case DOUBLE -> TypeDescription.createDouble();
            case TEXT -> TypeDescription.createString();
            case TIME -> TypeDescription.createTimestampInstant();
            case TEXTS -> TypeDescription.createList(TypeDescription.createString());
        };
    }

    /**
     * A column and where it lies.
     *
     * @param field of the file's struct
     * @param below field of that field's struct, -1 where it is none
     * @param type  of ORC, whose id names it in the file
     */
    record Place(Column column, int field, int below, TypeDescription type) {}

    /** The columns of a file, {@link #LEFT_OUT} not among them. What another program has put there is passed over. */
    static List<Place> placesOf(TypeDescription schema) {
        var places = new ArrayList<Place>();
        for (int field = 0; field < schema.getChildren().size(); field++) {
            var name = schema.getFieldNames().get(field);
            var type = schema.getChildren().get(field);
            if (type.getCategory() == TypeDescription.Category.STRUCT) {
                addBelow(places, name, field, type);
            } else if (!name.equals(LEFT_OUT)) {
                addPlace(places, name, field, -1, type);
            }
        }
        return places;
    }

    private static void addBelow(List<Place> places, String name, int field, TypeDescription struct) {
        for (int below = 0; below < struct.getChildren().size(); below++) {
            var path = name + "." + struct.getFieldNames().get(below);
            addPlace(places, path, field, below, struct.getChildren().get(below));
        }
    }

    private static void addPlace(List<Place> places, String path, int field, int below, TypeDescription type) {
        columnTypeOf(type)
                .map(columnType -> new Place(new Column(ColumnPath.parse(path), columnType), field, below, type))
                .ifPresent(places::add);
    }

    private static Optional<ColumnType> columnTypeOf(TypeDescription type) {
        return switch (type.getCategory()) {
            case BOOLEAN -> Optional.of(ColumnType.BOOLEAN);
            case LONG -> Optional.of(ColumnType.INTEGER);
            case DOUBLE -> Optional.of(ColumnType.DOUBLE);
            case STRING -> Optional.of(ColumnType.TEXT);
            case TIMESTAMP_INSTANT -> Optional.of(ColumnType.TIME);
            case LIST -> Optional.of(ColumnType.TEXTS);
            default -> Optional.empty();
        };
    }
}
