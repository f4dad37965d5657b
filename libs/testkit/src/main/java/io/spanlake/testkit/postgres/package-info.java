/** A real PostgreSQL for tests. */
@NullMarked
package io.spanlake.testkit.postgres;

import org.jspecify.annotations.NullMarked;
