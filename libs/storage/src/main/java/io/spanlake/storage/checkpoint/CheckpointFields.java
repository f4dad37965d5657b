package io.spanlake.storage.checkpoint;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The fields of a checkpoint, one after another. */
final class CheckpointFields {
    private static final int CARRIED = 1;
    private static final int PART_BYTES_MIN = 3;
    private static final int SECTION_BYTES_MIN = 19;
    private static final int FLOOR_BYTES_MIN = 3;

    private CheckpointFields() {}

    static ByteOutput write(Checkpoint checkpoint) {
        var out = new ByteOutput(4 << 10)
                .uuid(checkpoint.organization().value())
                .u8(checkpoint.object().type().code())
                .blob(utf8(checkpoint.object().id()))
                .uuid(checkpoint.project())
                .varint(checkpoint.version())
                .uuid(checkpoint.swap());
        out.varint(checkpoint.parts().size());
        for (var part : checkpoint.parts()) {
            out.blob(utf8(part.name())).varint(part.deadVersion()).blob(utf8(part.deadName()));
        }
        out.varint(checkpoint.sections().size());
        for (var section : checkpoint.sections()) {
            out.blob(utf8(section.blob()))
                    .uuid(section.segment())
                    .varint(section.partition())
                    .u8(section.carried() ? CARRIED : 0);
        }
        out.varint(checkpoint.floors().size());
        for (var floor : checkpoint.floors()) {
            out.varint(floor.partition()).varint(floor.incarnation()).varint(floor.offset());
        }
        return out;
    }

    static Checkpoint read(ByteInput in) {
        var checkpoint = new Checkpoint(
                new OrganizationId(in.uuid()),
                object(in),
                in.uuid(),
                in.varint(),
                in.uuid(),
                list(in, PART_BYTES_MIN, CheckpointFields::part),
                list(in, SECTION_BYTES_MIN, CheckpointFields::section),
                list(in, FLOOR_BYTES_MIN, CheckpointFields::floor));
        if (!in.isAtEnd()) {
            throw in.corrupt("%d bytes more than the fields take".formatted(in.remaining()));
        }
        return checkpoint;
    }

    private static ObjectRef object(ByteInput in) {
        int code = in.u8();
        for (var type : ObjectType.values()) {
            if (type.code() == code) {
                return new ObjectRef(type, text(in));
            }
        }
        throw in.corrupt("no type of objects: " + code);
    }

    private static Checkpoint.Part part(ByteInput in) {
        return new Checkpoint.Part(text(in), in.varint32(), text(in));
    }

    private static Checkpoint.Section section(ByteInput in) {
        String blob = text(in);
        UUID segment = in.uuid();
        return new Checkpoint.Section(blob, segment, in.varint32(), in.u8() == CARRIED);
    }

    private static Checkpoint.Floor floor(ByteInput in) {
        return new Checkpoint.Floor(in.varint32(), in.varint32(), in.varint());
    }

    private static <T> List<T> list(ByteInput in, int bytesEach, Function<ByteInput, T> item) {
        int count = in.count(bytesEach);
        var items = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.apply(in));
        }
        return items;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteInput in) {
        return in.blob().toUtf8();
    }
}
