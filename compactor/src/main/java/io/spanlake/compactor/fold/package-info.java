/** What becomes of a row, and the account of its writes. Pure. */
@NullMarked
package io.spanlake.compactor.fold;

import org.jspecify.annotations.NullMarked;
