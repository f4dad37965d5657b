/**
 * Folds the write-ahead log by row and lays it out by segment and trace: {@code wake → look → plan → read → fold → store →
 * commit}.
 *
 * <p>May import: model, blobstore, catalog, storage, service, Kafka Streams. Never another service. Only {@link
 * SegmentsConfiguration} and the settings know Spring.
 */
@NullMarked
package io.spanlake.segments;

import org.jspecify.annotations.NullMarked;
