@NullMarked
package io.spanlake.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
