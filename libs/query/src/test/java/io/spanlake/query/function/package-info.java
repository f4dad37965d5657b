@NullMarked
package io.spanlake.query.function;

import org.jspecify.annotations.NullMarked;
