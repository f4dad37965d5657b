package io.spanlake.queryservice.parquet;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A file that is written from its beginning to its end. Not thread-safe. */
final class ParquetFile {
    private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private final List<OutputColumn> columns;
    private final List<ColumnKind> kinds;
    private final MessageType schema;
    private final List<org.apache.parquet.format.RowGroup> groups = new ArrayList<>();
    private GroupRows rows;
    private long length;
    private long allRows;

    ParquetFile(List<OutputColumn> columns) {
        this.columns = List.copyOf(columns);
        this.kinds =
                columns.stream().map(column -> ColumnKind.of(column.type())).toList();
        this.schema = new MessageType("rows", types(columns, kinds));
        this.rows = new GroupRows(schema, kinds);
    }

    private static List<Type> types(List<OutputColumn> columns, List<ColumnKind> kinds) {
        var types = new ArrayList<Type>();
        for (int i = 0; i < kinds.size(); i++) {
            types.add(kinds.get(i).type(columns.get(i).name()));
        }
        return types;
    }

    /**
     * @return whether the row group is to be taken
     * @throws io.spanlake.query.parse.QueryFaultException where a value is of another type than its column
     */
    boolean add(ObjectValue row) {
        for (int i = 0; i < kinds.size(); i++) {
            var value = row.get(columns.get(i).name());
            if (!rows.put(i, value)) {
                throw mismatch(columns.get(i), value);
            }
        }
        return rows.endRow();
    }

    private static RuntimeException mismatch(OutputColumn column, Value value) {
        return QueryFault.of(
                        QueryFault.Kind.RUN,
                        "column %s has the type %s, which %s of type %s is not"
                                .formatted(
                                        column.name(),
                                        named(column.type()),
                                        value.isNull() ? "null" : "a value",
                                        named(ValueType.of(value))),
                        Place.NONE)
                .withHint("cast it, as in \"%s\"::text, or ask for jsonl, which has values as they are"
                        .formatted(column.name()))
                .exception();
    }

    private static String named(ValueType type) {
        return type == ValueType.TIME ? "time" : type.jsonName();
    }

    /** What follows in the file. */
    byte[] takeGroup() {
        var out = begun();
        try {
            if (rows.count() > 0) {
                groups.add(rows.appendTo(out, length));
                allRows += rows.count();
                rows = new GroupRows(schema, kinds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken(out);
    }

    private ByteArrayOutputStream begun() {
        var out = new ByteArrayOutputStream();
        if (length == 0) {
            out.writeBytes(MARK);
        }
        return out;
    }

    private byte[] taken(ByteArrayOutputStream out) {
        length += out.size();
        return out.toByteArray();
    }

    /** The last row group, and what tells where all are. */
    byte[] end() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(takeGroup());
        int before = out.size();
        try {
            Util.writeFileMetaData(
                    new FileMetaData(VERSION, elements(), allRows, groups).setCreated_by("Spanlake"), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(bytes.putInt(out.size() - before).array());
        out.writeBytes(MARK);
        return out.toByteArray();
    }

    private List<SchemaElement> elements() {
        var elements = new ArrayList<SchemaElement>();
        elements.add(new SchemaElement(schema.getName()).setNum_children(kinds.size()));
        for (int i = 0; i < kinds.size(); i++) {
            var element = new SchemaElement(columns.get(i).name())
                    .setType(GroupRows.formatOf(schema.getColumns().get(i)))
                    .setRepetition_type(FieldRepetitionType.OPTIONAL);
            kinds.get(i).describe(element);
            elements.add(element);
        }
        return elements;
    }
}
