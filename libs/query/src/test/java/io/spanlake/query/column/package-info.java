@NullMarked
package io.spanlake.query.column;

import org.jspecify.annotations.NullMarked;
