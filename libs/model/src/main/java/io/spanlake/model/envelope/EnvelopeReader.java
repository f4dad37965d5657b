package io.spanlake.model.envelope;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.binary.BinaryReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes a record apart. Nothing is allocated for what a length claims before the bytes are seen to be there. */
public final class EnvelopeReader {
    /** Type, length and one byte of id. */
    private static final int OBJECT_BYTES_MIN = 3;
    /** Object, kind, stamp, row id of one byte, no trace, empty JSON. */
    private static final int WRITE_BYTES_MIN = 1 + 1 + 10 + 2 + 1 + 1;

    private final BinaryReader record;

    private EnvelopeReader(BinaryReader record) {
        this.record = record;
    }

    /**
     * The JSON of the writes are ranges of the record: whoever keeps one keeps the whole record in memory.
     *
     * @throws EnvelopeException where the record is malformed in any way, or of a version that is not known
     */
    public static Envelope read(ByteSlice record) {
        return new EnvelopeReader(new BinaryReader(record, EnvelopeException::new)).envelope();
    }

    private Envelope envelope() {
        if (record.next("magic") != Envelope.MAGIC) {
            throw record.fault("not an envelope");
        }
        byte version = record.next("version");
        if (version != Envelope.VERSION) {
            throw record.fault("version %d is not known".formatted(version));
        }
        var organization =
                new OrganizationId(new UUID(record.nextLong("organization"), record.nextLong("organization")));
        var objects = objects();
        var writes = writes(objects);
        if (record.remaining() > 0) {
            throw record.fault("%d bytes after the last write".formatted(record.remaining()));
        }
        return new Envelope(organization, writes);
    }

    private List<ObjectRef> objects() {
        int count = count("objects", OBJECT_BYTES_MIN);
        var objects = new ArrayList<ObjectRef>(count);
        for (int i = 0; i < count; i++) {
            byte type = record.next("object type");
            String id = record.nextText("object id", 3 * ObjectRef.ID_CHARS_MAX);
            try {
                objects.add(new ObjectRef(ObjectType.ofCode(type), id));
            } catch (IllegalArgumentException e) {
                throw record.fault("object %d is none".formatted(i), e);
            }
        }
        return objects;
    }

    private List<Write> writes(List<ObjectRef> objects) {
        int count = count("writes", WRITE_BYTES_MIN);
        var writes = new ArrayList<Write>(count);
        for (int i = 0; i < count; i++) {
            int object = record.nextVarint("object index");
            if (object >= objects.size()) {
                throw record.fault("object index %d of %d".formatted(object, objects.size()));
            }
            writes.add(write(objects.get(object), i));
        }
        return writes;
    }

    private Write write(ObjectRef object, int index) {
        byte kind = record.next("kind");
        long transaction = record.nextLong("transaction");
        int position = record.nextUnsignedShort("position");
        String rowId = record.nextText("row id", Write.ID_BYTES_MAX);
        var traceId = traceId();
        var json = record.nextSlice(record.nextVarint("length of JSON"), "JSON");
        try {
            var stamp = new Stamp(new TransactionId(transaction), position);
            return new Write(object, rowId, traceId, stamp, WriteKind.ofCode(kind), json);
        } catch (IllegalArgumentException e) {
            throw record.fault("write %d is none".formatted(index), e);
        }
    }

    private Optional<String> traceId() {
        int lengthAndOne = record.nextVarint("length of trace id");
        return lengthAndOne == 0
                ? Optional.empty()
                : Optional.of(record.nextText("trace id", lengthAndOne - 1, Write.ID_BYTES_MAX));
    }

    private int count(String what, int bytesMin) {
        int count = record.nextCount(what, bytesMin);
        if (count == 0) {
            throw record.fault("0 " + what);
        }
        return count;
    }
}
