/** Files of traces, sent as rows. */
@NullMarked
package io.spanlake.standalone.load;

import org.jspecify.annotations.NullMarked;
