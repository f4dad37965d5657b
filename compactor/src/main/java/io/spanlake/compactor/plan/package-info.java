/** What is done next with an object. Pure. */
@NullMarked
package io.spanlake.compactor.plan;

import org.jspecify.annotations.NullMarked;
