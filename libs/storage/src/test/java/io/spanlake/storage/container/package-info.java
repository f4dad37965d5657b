@NullMarked
package io.spanlake.storage.container;

import org.jspecify.annotations.NullMarked;
