/** What a person types. */
@NullMarked
package io.spanlake.standalone.command;

import org.jspecify.annotations.NullMarked;
