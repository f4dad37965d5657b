/** WAL objects → writes, and what to do where one cannot be read. The door is {@link io.spanlake.segments.read.CutReader}. */
@NullMarked
package io.spanlake.segments.read;

import org.jspecify.annotations.NullMarked;
