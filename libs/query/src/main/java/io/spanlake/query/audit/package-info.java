/**
 * Follows some writes from the log to where they live now. Start with {@link io.spanlake.query.audit.Auditor}.
 */
@NullMarked
package io.spanlake.query.audit;

import org.jspecify.annotations.NullMarked;
