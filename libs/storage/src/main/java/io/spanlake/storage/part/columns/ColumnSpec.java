package io.spanlake.storage.part.columns;

import io.spanlake.model.ObjectRef;

/**
 * What a columns file is of.
 *
 * @param object every row's object
 */
public record ColumnSpec(ObjectRef object, ColumnLimits limits) {}
