/**
 * Three questions about a process, each with an answer of its own: does it move ({@code /livez}), should it get traffic
 * ({@code /readyz}), what does it reach ({@code /depz}). Only the last one asks anything outside, so that an outage of a
 * shared dependency neither restarts nor withdraws every process at once.
 */
@NullMarked
package io.spanlake.service.health;

import org.jspecify.annotations.NullMarked;
