@NullMarked
package io.spanlake.storage.verify;

import org.jspecify.annotations.NullMarked;
