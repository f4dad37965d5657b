@NullMarked
package io.spanlake.query.plan;

import org.jspecify.annotations.NullMarked;
