/**
 * The catalog as a model: its tables in memory, and what each statement of the real one does to them. {@code
 * CatalogModelTest} does the same to both and compares.
 */
@NullMarked
package io.spanlake.simulation.catalog;

import org.jspecify.annotations.NullMarked;
