/** What every HTTP server of ours does below its routes: it opens when it can answer rightly, and cuts off who does not read. */
@NullMarked
package io.spanlake.service.http;

import org.jspecify.annotations.NullMarked;
