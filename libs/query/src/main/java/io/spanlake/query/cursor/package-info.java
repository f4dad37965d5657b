/** Cursors: where a page ended, as a text that a client hands back. */
@NullMarked
package io.spanlake.query.cursor;

import org.jspecify.annotations.NullMarked;
