/** How a service logs: one line a fact, the trace id in it, text or JSON; payloads and keys never. */
@NullMarked
package io.spanlake.service.logging;

import org.jspecify.annotations.NullMarked;
