package io.spanlake.model.row;

import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonText;
import java.util.HashMap;
import java.util.Map;

/** Merge paths as a tree of keys: see docs/formats/row-state.md. */
final class MergePathsCodec {
    private static final int PATH_BYTES_MIN = 3 + 1 + 1;

    private MergePathsCodec() {}

    static void put(MergePaths paths, BinaryWriter out) {
        out.putVarint(paths.below().size());
        paths.below().forEach((key, below) -> {
            out.putSlice(JsonText.encodeString(key)).put(below.ends() ? 1 : 0);
            put(below, out);
        });
    }

    static MergePaths next(BinaryReader in) {
        return next(in, 0);
    }

    private static MergePaths next(BinaryReader in, int depth) {
        if (depth > JsonLimits.DEPTH_CEILING) {
            throw in.fault("deeper than %d".formatted(JsonLimits.DEPTH_CEILING));
        }
        int count = in.nextCount("paths", PATH_BYTES_MIN);
        Map<String, MergePaths> below = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String key = JsonText.decodeString(in.nextSlice(in.nextVarint("key"), "key"));
            byte ends = in.next("flag");
            if (ends != 0 && ends != 1) {
                throw in.fault("a flag that is none");
            }
            below.put(key, next(in, depth + 1).ending(ends == 1));
        }
        return MergePaths.of(below);
    }
}
