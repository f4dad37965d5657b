/** What every HTTP server of ours does below Spring: it cuts off who does not read. */
@NullMarked
package io.spanlake.service.http;

import org.jspecify.annotations.NullMarked;
