/** Traces as the requests that SDKs would send: start and end of a span apart, rows of many traces interleaved. */
@NullMarked
package io.spanlake.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
