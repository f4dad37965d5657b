@NullMarked
package io.spanlake.compactor.plan;

import org.jspecify.annotations.NullMarked;
