/**
 * What every service shares: authentication, limits, errors, metrics, health, configuration.
 *
 * <p>May import: model, catalog, blobstore, Spring. May be imported by: services only.
 */
@NullMarked
package io.spanlake.service;

import org.jspecify.annotations.NullMarked;
