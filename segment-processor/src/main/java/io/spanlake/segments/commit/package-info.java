/** Blobs → catalog: compare-and-set under an epoch. The door is {@link io.spanlake.segments.commit.CutCommits}. */
@NullMarked
package io.spanlake.segments.commit;

import org.jspecify.annotations.NullMarked;
