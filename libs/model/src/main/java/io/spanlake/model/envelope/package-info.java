/**
 * The Kafka record of topic {@code writes}, version 1: a small binary envelope around rows as they were sent. Version 2 is
 * a block of the write-ahead log, and lives with its formats. Layout:
 * docs/formats/envelope.md.
 */
@NullMarked
package io.spanlake.model.envelope;

import org.jspecify.annotations.NullMarked;
