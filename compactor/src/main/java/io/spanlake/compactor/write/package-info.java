/** Parts, carried sections and deletion vectors: first on local disk, then in the blob store. Blocks. */
@NullMarked
package io.spanlake.compactor.write;

import org.jspecify.annotations.NullMarked;
