/**
 * Immutable blobs: Azure Block Blob, a local folder, and a cache of blocks on local disk.
 *
 * <p>May import: model, Reactor, the Azure client. Never Spring, Kafka, our other modules.
 */
@NullMarked
package io.spanlake.blobstore;

import org.jspecify.annotations.NullMarked;
