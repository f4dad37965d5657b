/** The WAL object: one flush of one organization's writes. Layout: docs/formats/wal.md. */
@NullMarked
package io.spanlake.storage.wal;

import org.jspecify.annotations.NullMarked;
