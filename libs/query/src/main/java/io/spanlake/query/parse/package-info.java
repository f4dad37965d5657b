/**
 * From SQL, BTQL or the JSON form to one syntax tree: {@link io.spanlake.query.parse.QueryTexts} and
 * {@link io.spanlake.query.parse.QueryJson}. What is wrong is a {@link io.spanlake.query.parse.QueryFault}.
 * <p>May import: {@code value}.
 */
@NullMarked
package io.spanlake.query.parse;

import org.jspecify.annotations.NullMarked;
