/** The HTTP interface as the commands use it. */
@NullMarked
package io.spanlake.standalone.client;

import org.jspecify.annotations.NullMarked;
