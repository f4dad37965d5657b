package io.spanlake.storage.part.index;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Names of the Lucene fields, and the version of their meaning. */
final class IndexFields {
    static final String TERMS = "kv";
    static final String PAGINATION_KEY = "_pagination_key";
    static final String CREATED = "created";
    static final String IS_ROOT = "is_root";

    static final String VERSION = "spanlake.index";
    static final String CURRENT_VERSION = "1";

    /** The fact that keys of null are terms too; indexes that were written earlier do not have it. */
    static final String NULL_KEYS = "spanlake.index.null-keys";

    /** Top-level fields that the part's lookups answer, or that are fields of the index themselves. */
    private static final Set<String> OF_THEIR_OWN = Set.of("id", "span_id", "root_span_id", CREATED, IS_ROOT);

    private IndexFields() {}

    /** Whether a top-level field's values become terms: not what is indexed otherwise, nor fields of the protocol. */
    static boolean isIndexed(byte[] key) {
        return key.length == 0 || (key[0] != '_' && !OF_THEIR_OWN.contains(new String(key, StandardCharsets.UTF_8)));
    }
}
