package io.spanlake.storage.part.lucene;

/** Gets the terms of one document after the other. */
public interface TermSink {
    /**
     * A term of the document that comes to its end next; once is enough. The bytes change with the next.
     *
     * @return the term's number, good for {@link #term(int)} as long as {@link #generation()} is the same
     */
    int term(byte[] bytes, int from, int next);

    /** A term that is known. */
    void term(int number);

    /** Changes between documents only. */
    int generation();
}
