/**
 * The formats of what lies in the blob store: writers and readers.
 *
 * <p>May import: model, blobstore. Never Spring, Kafka, the catalog. Writers and readers are plain and synchronous: CPU
 * work that belongs on a bounded scheduler.
 */
@NullMarked
package io.spanlake.storage;

import org.jspecify.annotations.NullMarked;
