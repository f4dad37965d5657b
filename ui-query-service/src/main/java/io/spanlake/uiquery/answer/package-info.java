/** Answers as bytes: rows streamed into JSON or JSON lines, freshness, problems. */
@NullMarked
package io.spanlake.uiquery.answer;

import org.jspecify.annotations.NullMarked;
