/** Which query runs when, and its way from a request to rows. Doors: {@link QueryRuns}, {@link QueryQueue}. */
@NullMarked
package io.spanlake.queryservice.run;

import org.jspecify.annotations.NullMarked;
