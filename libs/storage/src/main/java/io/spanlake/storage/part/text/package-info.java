/**
 * The text piece of a part: which rows hold words, phrases, beginnings and inner parts of words. One Lucene segment with a
 * document for the distinct texts that the same rows hold, which names those rows. Layout: docs/formats/part-text.md.
 *
 * <p>May import: Lucene, model, the packages of parts. May be imported by: whoever writes and opens parts, and whoever asks
 * the same question of a row that is in none.
 */
@NullMarked
package io.spanlake.storage.part.text;

import org.jspecify.annotations.NullMarked;
