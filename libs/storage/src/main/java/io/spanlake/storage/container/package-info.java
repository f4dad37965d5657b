/**
 * What the formats of blobs share: a header and a trailer that say what the blob is, a footer that says what lies where,
 * zstd frames under a checksum between them, numbers and ids. Layout: docs/formats/container.md.
 *
 * <p>Writers and readers are plain and synchronous: CPU work that belongs on a bounded scheduler. May import: model,
 * blobstore. May be imported by: the formats beside it.
 */
@NullMarked
package io.spanlake.storage.container;

import org.jspecify.annotations.NullMarked;
