/** Who asks, of which object, and may they. */
@NullMarked
package io.spanlake.uiquery.request;

import org.jspecify.annotations.NullMarked;
