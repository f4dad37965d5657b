/**
 * The WAL object: one flush of one organization's writes, section by section. Layout: docs/formats/wal.md.
 *
 * <p>{@link io.spanlake.storage.wal.WalObjectWriter} makes one, {@link io.spanlake.storage.wal.WalBlobs} reads what a
 * query needs of one, {@link io.spanlake.storage.wal.WalObjectReader} proves a whole one. {@link
 * io.spanlake.storage.wal.BlockPacker} and {@link io.spanlake.storage.wal.WritesRecord} are its blocks before they have a
 * place in one: as they travel through Kafka (docs/formats/envelope.md). Everything but {@code
 * WalBlobs} is plain and synchronous CPU work: call it on a scheduler of its own, never on an event loop.
 */
@NullMarked
package io.spanlake.storage.wal;

import org.jspecify.annotations.NullMarked;
