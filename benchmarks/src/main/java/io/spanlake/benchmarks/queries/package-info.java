/** Queries over a million indexed rows, over HTTP, beside other stores. */
@NullMarked
package io.spanlake.benchmarks.queries;

import org.jspecify.annotations.NullMarked;
