/** Row states of the tail in part order, and the rows of live parts that they fold with. Blocks: for threads of its own. */
@NullMarked
package io.spanlake.compactor.read;

import org.jspecify.annotations.NullMarked;
