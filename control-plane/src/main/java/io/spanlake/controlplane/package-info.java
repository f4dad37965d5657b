/**
 * What SDKs ask before they write: who am I, which project is that, what is my experiment called.
 *
 * <p>May import: model, catalog, blobstore, service, Spring. May be imported by: standalone.
 */
@NullMarked
package io.spanlake.controlplane;

import org.jspecify.annotations.NullMarked;
