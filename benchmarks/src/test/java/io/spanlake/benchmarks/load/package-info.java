@NullMarked
package io.spanlake.benchmarks.load;

import org.jspecify.annotations.NullMarked;
