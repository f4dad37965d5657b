/** Disks that come to their end. */
@NullMarked
package io.spanlake.testkit.disk;

import org.jspecify.annotations.NullMarked;
