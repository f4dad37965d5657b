/** One swap for one job. */
@NullMarked
package io.spanlake.compactor.publish;

import org.jspecify.annotations.NullMarked;
