/** The whole system in one process, and the commands of the launcher. */
@NullMarked
package io.spanlake.standalone;

import org.jspecify.annotations.NullMarked;
