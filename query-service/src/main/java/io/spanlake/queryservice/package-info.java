/**
 * The service of ad-hoc queries: SQL and BTQL over HTTP, in a process and pools of their own.
 *
 * <p>Follow a request: {@link io.spanlake.queryservice.QueryRoutes}, {@code QueryRequest}, then {@code source} and {@code answer}.
 */
@NullMarked
package io.spanlake.queryservice;

import org.jspecify.annotations.NullMarked;
