/**
 * The processed blob: the row states that one cut made of an organization's writes, a section per segment. Layout:
 * docs/formats/processed.md.
 *
 * <p>{@link io.spanlake.storage.processed.ProcessedBlobWriter} makes one, {@link
 * io.spanlake.storage.processed.ProcessedBlobs} reads what is asked for of one, {@link
 * io.spanlake.storage.processed.ProcessedBlobReader} proves a whole one. Everything but {@code ProcessedBlobs} is plain and
 * synchronous CPU work: call it on a scheduler of its own, never on an event loop.
 */
@NullMarked
package io.spanlake.storage.processed;

import org.jspecify.annotations.NullMarked;
