/**
 * Answers as a Parquet file: {@code rows → row group (8 MiB) → its columns, compressed → their places, at the end}. Door: {@link
 * io.spanlake.queryservice.parquet.ParquetAnswer}.
 * <p>Parquet's encodings and its metadata are the library's ({@code parquet-column}, {@code parquet-format-structures}); putting
 * pages into a file is done here, as the library's own way needs Hadoop (docs/decisions/0020). Only here is Parquet known.
 */
@NullMarked
package io.spanlake.queryservice.parquet;

import org.jspecify.annotations.NullMarked;
