/**
 * Takes rows and spans over HTTP and puts them into Kafka: {@link io.spanlake.gateway.IngestGateway} is the way of a
 * request, the packages below are its steps.
 */
@NullMarked
package io.spanlake.gateway;

import org.jspecify.annotations.NullMarked;
