@NullMarked
package io.spanlake.benchmarks.system;

import org.jspecify.annotations.NullMarked;
