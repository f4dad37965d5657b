/** A real Kafka broker inside the test's JVM, and topics with the settings that the services insist on. */
@NullMarked
package io.spanlake.testkit.kafka;

import org.jspecify.annotations.NullMarked;
