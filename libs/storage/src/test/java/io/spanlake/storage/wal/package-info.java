@NullMarked
package io.spanlake.storage.wal;

import org.jspecify.annotations.NullMarked;
