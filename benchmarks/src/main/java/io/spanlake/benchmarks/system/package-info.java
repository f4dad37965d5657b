/** The one benchmark of the whole, which starts what it needs. */
@NullMarked
package io.spanlake.benchmarks.system;

import org.jspecify.annotations.NullMarked;
