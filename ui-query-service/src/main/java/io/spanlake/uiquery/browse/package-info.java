/** Lists, facets, completion, histograms, counts and live rows: what is asked, how many at once, and the answers. */
@NullMarked
package io.spanlake.uiquery.browse;

import org.jspecify.annotations.NullMarked;
