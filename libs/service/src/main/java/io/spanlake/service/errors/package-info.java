/**
 * What a client is told when it is refused: problem+json of RFC 9457, from one place.
 *
 * <p>Engines state a refusal as a {@link io.spanlake.service.errors.Problem} inside a {@link
 * io.spanlake.service.errors.RefusedException}; the error handler renders it, and everything the framework refuses.
 */
@NullMarked
package io.spanlake.service.errors;

import org.jspecify.annotations.NullMarked;
