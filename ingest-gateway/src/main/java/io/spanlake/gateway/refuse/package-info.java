/**
 * Why a request is not taken, as data, and how that reads as problem+json.
 *
 * <p>May import: service (problems). May be imported by: all of the gateway.
 */
@NullMarked
package io.spanlake.gateway.refuse;

import org.jspecify.annotations.NullMarked;
