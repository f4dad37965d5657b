/** What queries read: objects that are named and may be read, and their rows. */
@NullMarked
package io.spanlake.queryservice.source;

import org.jspecify.annotations.NullMarked;
