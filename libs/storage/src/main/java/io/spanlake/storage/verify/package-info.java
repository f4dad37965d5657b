/**
 * Walks what is live and proves it: checksums, counts, sums, that the three stores of a part agree by position, and that no
 * write and no row lives in two places.
 *
 * <p>Start with {@link io.spanlake.storage.verify.ObjectVerifier}. May import: the formats of this module, Lucene. May be
 * imported by: commands that verify.
 */
@NullMarked
package io.spanlake.storage.verify;

import org.jspecify.annotations.NullMarked;
