/**
 * The columns of an indexed part: a plain ORC file, laid out as docs/formats/part-columns.md says, with its writer, its
 * reader and the statistics of each column. Row number = ordinal in the part.
 *
 * <p>Start with {@link io.spanlake.storage.part.columns.ColumnsWriter}. May import: model, blobstore, ORC; only here and in
 * its own files is ORC known. May be imported by: whoever writes or reads parts.
 */
@NullMarked
package io.spanlake.storage.part.columns;

import org.jspecify.annotations.NullMarked;
