/** The data folder: who has it, what version it is, and the secrets in it. */
@NullMarked
package io.spanlake.standalone.data;

import org.jspecify.annotations.NullMarked;
