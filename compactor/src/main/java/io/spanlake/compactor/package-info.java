/**
 * Turns the processed tail of objects into indexed parts, and keeps the parts few and free of what is dead: {@code pick work →
 * plan → read → fold → write → publish}, and beside it {@code sweep}.
 *
 * <p>May import: model, blobstore, catalog, storage, service. Never another service. Only {@link
 * io.spanlake.compactor.CompactorConfiguration} and the settings know Spring.
 */
@NullMarked
package io.spanlake.compactor;

import org.jspecify.annotations.NullMarked;
