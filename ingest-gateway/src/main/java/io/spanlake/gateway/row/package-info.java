/**
 * What every way in hands over: rows as JSON text with the fields that place them. The door for other protocols is
 * {@link io.spanlake.gateway.row.RowIngest}.
 *
 * <p>May import: model, service (the caller), Reactor. May be imported by: all of the gateway.
 */
@NullMarked
package io.spanlake.gateway.row;

import org.jspecify.annotations.NullMarked;
