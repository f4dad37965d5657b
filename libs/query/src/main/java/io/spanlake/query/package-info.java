/**
 * Reads over every layout of an object's rows: the write-ahead log, processed sections, indexed parts.
 *
 * <p>May import: model, blobstore, storage, catalog, Reactor. Never Spring, Kafka.
 */
@NullMarked
package io.spanlake.query;

import org.jspecify.annotations.NullMarked;
