/**
 * Rows, writes, ids and the rules that merge them.
 *
 * <p>May import: the JDK, hash4j; never Spring, Reactor, Kafka, our other modules. May be imported by: every module.
 */
@NullMarked
package io.spanlake.model;

import org.jspecify.annotations.NullMarked;
