/**
 * Reads over every layout of an object's rows; so far over its tail, the write-ahead log.
 *
 * <p>May import: model, blobstore, storage, catalog, Reactor. Never Spring, Kafka.
 */
@NullMarked
package io.spanlake.query;

import org.jspecify.annotations.NullMarked;
