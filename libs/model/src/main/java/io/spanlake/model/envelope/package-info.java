/**
 * The Kafka record of topic {@code writes}: a small binary envelope around rows as they were sent. Layout:
 * docs/formats/envelope.md.
 */
@NullMarked
package io.spanlake.model.envelope;

import org.jspecify.annotations.NullMarked;
