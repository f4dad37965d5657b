/** Rows that are written and read back for ever, from outside, as a client does. */
@NullMarked
package io.spanlake.standalone.probe;

import org.jspecify.annotations.NullMarked;
