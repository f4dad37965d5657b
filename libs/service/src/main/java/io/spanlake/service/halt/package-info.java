/**
 * Where a test has a process die. Between any two steps that a service names to its failpoints the process can end as by
 * {@code kill -9}; a setting says where, and without one nothing of this is called.
 */
@NullMarked
package io.spanlake.service.halt;

import org.jspecify.annotations.NullMarked;
