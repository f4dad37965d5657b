/**
 * Who calls, and what they may touch. API keys are bearer tokens; only their SHA-256 is known to us, and the text of a
 * key never leaves {@link io.spanlake.service.auth.BearerKeys}.
 */
@NullMarked
package io.spanlake.service.auth;

import org.jspecify.annotations.NullMarked;
