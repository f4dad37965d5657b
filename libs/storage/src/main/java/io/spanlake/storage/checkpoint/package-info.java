/**
 * What is published of an object at one version, as a blob: docs/formats/checkpoint.md. A catalog that was lost is made again
 * from the newest of each object.
 *
 * <p>May import: model, blobstore, the container of blobs.
 */
@NullMarked
package io.spanlake.storage.checkpoint;

import org.jspecify.annotations.NullMarked;
