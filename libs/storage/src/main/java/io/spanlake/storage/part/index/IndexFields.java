package io.spanlake.storage.part.index;

/** Names of the Lucene fields, and the version of their meaning. */
final class IndexFields {
    static final String ID = "id";
    static final String SPAN_ID = "span_id";
    static final String ROOT_SPAN_ID = "root_span_id";
    static final String TERMS = "kv";
    static final String PAGINATION_KEY = "_pagination_key";
    static final String CREATED = "created";

    static final String VERSION = "spanlake.index";
    static final String CURRENT_VERSION = "1";

    private IndexFields() {}
}
