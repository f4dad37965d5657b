/**
 * Body to memory: reservation, pace, inflating. The door is {@link io.spanlake.gateway.receive.BodyReceiver}.
 *
 * <p>1. Memory for the body is reserved before a byte is read: all of it where the length is stated, else step by step.
 * 2. Netty's buffers are copied once, into one array. 3. A compressed body is inflated from there into a second one, counted
 * against the limits as it grows, and the first is given back. 4. What is refused while it comes is read to its end and
 * dropped, for a client that is still sending hears no answer.
 */
@NullMarked
package io.spanlake.gateway.receive;

import org.jspecify.annotations.NullMarked;
