/**
 * Proves all that the catalog says is live, object by object. Start with {@link
 * io.spanlake.query.verify.CatalogVerifier}.
 */
@NullMarked
package io.spanlake.query.verify;

import org.jspecify.annotations.NullMarked;
