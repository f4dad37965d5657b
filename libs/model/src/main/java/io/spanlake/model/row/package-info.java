/**
 * What any set of a row's writes folds to.
 *
 * <p>A row is a last-writer-wins map. Per path two things are kept: which write last replaced it whole, and which last
 * merged into it. Nothing older than what replaced a path, or a path above it, survives. So states are joined in any order,
 * in any grouping and twice over, and the row is the same, byte for byte:
 *
 * <ol>
 *   <li>a write is a {@link io.spanlake.model.row.Whole} per top-level field, not looked into;
 *   <li>where two writes meet at a path and the newer one merges, both are opened one level
 *       ({@link io.spanlake.model.row.Branch}), and their keys meet in turn;
 *   <li>where the newer one replaces, the older one is dropped;
 *   <li>a branch in which only its newest write is left is that write's object again, as it was sent.
 * </ol>
 *
 * <p>May import: the JDK, hash4j, {@code io.spanlake.model} and its {@code json}. May be imported by: every module.
 */
@NullMarked
package io.spanlake.model.row;

import org.jspecify.annotations.NullMarked;
