/** Each kind of job, from its inputs to a swap that is ready to be published. Blocks: for threads of its own. */
@NullMarked
package io.spanlake.compactor.job;

import org.jspecify.annotations.NullMarked;
