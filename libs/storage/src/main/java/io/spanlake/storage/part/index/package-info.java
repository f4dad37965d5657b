/**
 * The index piece of a part: which rows have an id, a value, a number in a range, a path. One Lucene segment without stored
 * fields, in which a row's ordinal is its document id. Layout: docs/formats/part-index.md.
 *
 * <p>May import: Lucene, model, the packages of parts. May be imported by: whoever writes and opens parts.
 */
@NullMarked
package io.spanlake.storage.part.index;

import org.jspecify.annotations.NullMarked;
