@NullMarked
package io.spanlake.benchmarks.queries;

import org.jspecify.annotations.NullMarked;
