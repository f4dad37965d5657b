/** The parts that others run as clusters: a Kafka broker, PostgreSQL and Redis, on this machine alone. */
@NullMarked
package io.spanlake.standalone.embed;

import org.jspecify.annotations.NullMarked;
