package io.spanlake.query.spill;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.plan.Document;
import io.spanlake.query.plan.JsonDocument;
import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Rows as bytes: of one as it came its JSON, of one that was computed its values. */
final class TupleCodec {
    private TupleCodec() {}

    static void write(Tuple tuple, DataOutput out) throws IOException {
        var order = tuple.order();
        out.writeLong(order.key());
        out.writeLong(order.tie());
        out.writeLong(order.object());
        ValueCodec.write(tuple.columns(), out);
        if (tuple.row() instanceof JsonDocument document) {
            var json = document.json();
            out.writeBoolean(true);
            out.writeInt(json.length());
            out.write(json.toArray());
        } else {
            out.writeBoolean(false);
            ValueCodec.write(tuple.row().whole(), out);
        }
    }

    static Tuple read(DataInput in) throws IOException {
        var order = new RowOrder(in.readLong(), in.readLong(), in.readLong());
        var columns = ValueCodec.values(in).toArray(Value[]::new);
        return new Tuple(document(in), columns, order);
    }

    private static Document document(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return new ObjectDocument(ValueCodec.read(in) instanceof ObjectValue object ? object : ObjectValue.EMPTY);
        }
        var json = new byte[in.readInt()];
        in.readFully(json);
        return new JsonDocument(ByteSlice.of(json));
    }
}
