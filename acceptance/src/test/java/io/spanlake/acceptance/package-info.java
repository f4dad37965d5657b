/**
 * Real clients against a standalone in a process of its own: what people and SDKs do, seen from outside.
 *
 * <p>Nothing of the product is called from here; what comes back is compared by means of this package alone.
 */
@NullMarked
package io.spanlake.acceptance;

import org.jspecify.annotations.NullMarked;
