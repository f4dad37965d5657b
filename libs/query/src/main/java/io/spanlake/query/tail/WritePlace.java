package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import io.spanlake.model.Stamp;

/**
 * Where one write lies.
 *
 * @param block number of its block among those of the object in the section
 * @param index place in the block
 */
public record WritePlace(SectionRef section, int block, int index, Stamp stamp) {}
