/**
 * Long queries that run on without their client, which asks for their state and rows when it likes. Doors: {@link AsyncQueries},
 * {@link AsyncRoutes}.
 */
@NullMarked
package io.spanlake.queryservice.async;

import org.jspecify.annotations.NullMarked;
