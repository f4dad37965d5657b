/**
 * Measures Spanlake: small pieces with JMH, the whole from outside with a load generator that behaves as SDKs do.
 *
 * <p>No part of the product; imported by nothing. Results are tables for people, never conditions of a test.
 */
@NullMarked
package io.spanlake.benchmarks;

import org.jspecify.annotations.NullMarked;
