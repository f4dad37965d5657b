/** One trace id a request: taken from {@code traceparent} or made, put into the answer and into every log line. */
@NullMarked
package io.spanlake.service.trace;

import org.jspecify.annotations.NullMarked;
