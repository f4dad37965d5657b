/** Answers as a person wants to see them. */
@NullMarked
package io.spanlake.standalone.show;

import org.jspecify.annotations.NullMarked;
