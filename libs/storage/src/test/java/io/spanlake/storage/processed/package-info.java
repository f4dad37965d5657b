@NullMarked
package io.spanlake.storage.processed;

import org.jspecify.annotations.NullMarked;
