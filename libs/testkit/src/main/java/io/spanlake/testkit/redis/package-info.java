/** A real Redis server beside the test. */
@NullMarked
package io.spanlake.testkit.redis;

import org.jspecify.annotations.NullMarked;
