/** What Kafka knows: how far the log is, and that the write-ahead log has grown. Each consumer on a thread of its own. */
@NullMarked
package io.spanlake.uiquery.follow;

import org.jspecify.annotations.NullMarked;
