/** Answers of the engine as answers of HTTP. */
@NullMarked
package io.spanlake.queryservice.answer;

import org.jspecify.annotations.NullMarked;
