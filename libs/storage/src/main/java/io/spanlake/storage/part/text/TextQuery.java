package io.spanlake.storage.part.text;

/**
 * What can be asked of texts. Case never counts; accents do, composed or not. What a word is: {@link Words}. The index answers
 * with rows that have a text with all the words; their neighbourhood is for whoever reads the row.
 */
public sealed interface TextQuery {
    /**
     * All the words, in any order and in any texts of one field. What stands between two spaces of the query and is several
     * words ({@code rate_limit}, {@code 東京}) has to stand side by side.
     */
    record Match(String words) implements TextQuery {}

    /** The words side by side in one text. */
    record Phrase(String words) implements TextQuery {}

    /** As a phrase, but the last word may go on. */
    record Prefix(String words) implements TextQuery {}

    /** The characters anywhere in one text. */
    record Substring(String characters) implements TextQuery {}
}
