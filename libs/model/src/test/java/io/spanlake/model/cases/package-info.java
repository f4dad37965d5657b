/** What writes make of a row, as data that every module's tests may read. */
@NullMarked
package io.spanlake.model.cases;

import org.jspecify.annotations.NullMarked;
