/** What services ask of the log beside reading it. */
@NullMarked
package io.spanlake.service.log;

import org.jspecify.annotations.NullMarked;
