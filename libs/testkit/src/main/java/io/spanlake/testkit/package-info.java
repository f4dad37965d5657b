/** Real parts for tests: broker, database, cache, object storage. Only tests import it. */
@NullMarked
package io.spanlake.testkit;

import org.jspecify.annotations.NullMarked;
