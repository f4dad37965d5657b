/** Blobs → catalog: compare-and-set under an epoch. The door is {@link io.spanlake.wal.commit.FlushCommits}. */
@NullMarked
package io.spanlake.wal.commit;

import org.jspecify.annotations.NullMarked;
