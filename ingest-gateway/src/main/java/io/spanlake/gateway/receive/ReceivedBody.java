package io.spanlake.gateway.receive;

import io.spanlake.gateway.bound.Held;
import io.spanlake.model.ByteSlice;

/**
 * A body in memory, inflated.
 *
 * @param bytes     valid until the work on the request has ended
 * @param wireBytes as it came
 * @param memory    grows by what else the request needs
 */
public record ReceivedBody(ByteSlice bytes, long wireBytes, Held memory) {}
