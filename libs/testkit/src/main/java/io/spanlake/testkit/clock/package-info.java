/** Processes whose clocks are wrong. */
@NullMarked
package io.spanlake.testkit.clock;

import org.jspecify.annotations.NullMarked;
