/** Real Kafka brokers, in the test's JVM or each a process of its own, and topics as the services insist on. */
@NullMarked
package io.spanlake.testkit.kafka;

import org.jspecify.annotations.NullMarked;
