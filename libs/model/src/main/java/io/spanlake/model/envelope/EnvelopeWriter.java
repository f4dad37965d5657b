package io.spanlake.model.envelope;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.model.binary.Varint;
import io.spanlake.model.json.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects writes of one organization and puts them into one record, each JSON copied once. Not thread-safe. */
public final class EnvelopeWriter {
    private static final int HEAD_BYTES = 2 + 2 * Long.BYTES;
    /** Kind, transaction, position. */
    private static final int FIXED_BYTES = 1 + Long.BYTES + Short.BYTES;

    private final OrganizationId organization;
    private final Map<ObjectRef, EncodedObject> objects = new LinkedHashMap<>();
    private final List<EncodedWrite> writes = new ArrayList<>();
    private int objectBytes;
    private long writeBytes;

    private record EncodedObject(int index, int type, ByteSlice id) {}

    private record EncodedWrite(int object, Write write, ByteSlice rowId, Optional<ByteSlice> traceId) {
        int bytes() {
            int trace = traceId.map(id -> Varint.bytes(id.length() + 1) + id.length())
                    .orElse(1);
            int json = write.json().length();
            return Varint.bytes(object)
                    + FIXED_BYTES
                    + Varint.bytes(rowId.length())
                    + rowId.length()
                    + trace
                    + Varint.bytes(json)
                    + json;
        }
    }

    public EnvelopeWriter(OrganizationId organization) {
        this.organization = organization;
    }

    /**
     * @throws IllegalArgumentException where an id is longer than {@link Write#ID_BYTES_MAX} or holds a lone surrogate, or
     *     where the record would pass 2 GiB
     */
    public void add(Write write) {
        var rowId = encode("row id", write.rowId());
        var traceId = write.traceId().map(id -> encode("trace id", id));
        var known = objects.get(write.object());
        var object = known == null ? encode(write.object()) : known;
        var encoded = new EncodedWrite(object.index, write, rowId, traceId);
        if (bytesAfter(encoded) > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalArgumentException("an envelope of more than 2 GiB");
        }
        if (known == null) {
            objects.put(write.object(), object);
            objectBytes += 1 + Varint.bytes(object.id.length()) + object.id.length();
        }
        writes.add(encoded);
        writeBytes += encoded.bytes();
    }

    public boolean isEmpty() {
        return writes.isEmpty();
    }

    /** Number of writes added. */
    public int count() {
        return writes.size();
    }

    /** Bytes of the record as it would be now. */
    public int bytes() {
        return (int)
                (HEAD_BYTES + Varint.bytes(objects.size()) + objectBytes + Varint.bytes(writes.size()) + writeBytes);
    }

    /** @throws IllegalStateException where nothing was added */
    public byte[] toRecord() {
        if (writes.isEmpty()) {
            throw new IllegalStateException("an envelope without writes");
        }
        var record = ByteBuffer.allocate(bytes());
        record.put(Envelope.MAGIC).put(Envelope.VERSION);
        record.putLong(organization.value().getMostSignificantBits());
        record.putLong(organization.value().getLeastSignificantBits());
        Varint.put(record, objects.size());
        for (var object : objects.values()) {
            record.put((byte) object.type);
            putBytes(record, object.id);
        }
        Varint.put(record, writes.size());
        for (var write : writes) {
            put(record, write);
        }
        return record.array();
    }

    private static void put(ByteBuffer record, EncodedWrite encoded) {
        var write = encoded.write;
        Varint.put(record, encoded.object);
        record.put((byte) write.kind().code());
        record.putLong(write.stamp().transaction().value());
        record.putShort((short) write.stamp().position());
        putBytes(record, encoded.rowId);
        if (encoded.traceId.isPresent()) {
            var traceId = encoded.traceId.get();
            Varint.put(record, traceId.length() + 1);
            put(record, traceId);
        } else {
            Varint.put(record, 0);
        }
        putBytes(record, write.json());
    }

    private static void putBytes(ByteBuffer record, ByteSlice bytes) {
        Varint.put(record, bytes.length());
        put(record, bytes);
    }

    private static void put(ByteBuffer record, ByteSlice bytes) {
        record.put(bytes.array(), bytes.offset(), bytes.length());
    }

    private long bytesAfter(EncodedWrite next) {
        long objectMax = 1 + Varint.BYTES_MAX + 3L * ObjectRef.ID_CHARS_MAX;
        return HEAD_BYTES + 2 * Varint.BYTES_MAX + objectBytes + objectMax + writeBytes + next.bytes();
    }

    private EncodedObject encode(ObjectRef object) {
        return new EncodedObject(objects.size(), object.type().code(), utf8("object id", object.id()));
    }

    private static ByteSlice encode(String what, String id) {
        var bytes = utf8(what, id);
        if (bytes.length() > Write.ID_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a %s of %d bytes, the limit is %d".formatted(what, bytes.length(), Write.ID_BYTES_MAX));
        }
        return bytes;
    }

    private static ByteSlice utf8(String what, String id) {
        // Looked for by hand: the JDK's strict encoder costs an object and two buffers an id.
        if (Utf8.hasLoneSurrogate(id)) {
            throw new IllegalArgumentException("a %s with half a surrogate pair".formatted(what));
        }
        return ByteSlice.of(id.getBytes(StandardCharsets.UTF_8));
    }
}
