/** Starts the parts and every service in this process. */
@NullMarked
package io.spanlake.standalone.serve;

import org.jspecify.annotations.NullMarked;
