@NullMarked
package io.spanlake.query.optimise;

import org.jspecify.annotations.NullMarked;
