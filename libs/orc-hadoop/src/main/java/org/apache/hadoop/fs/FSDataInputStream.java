package org.apache.hadoop.fs;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file being read, at any place. */
public abstract class FSDataInputStream extends DataInputStream {
    protected FSDataInputStream() {
        super(InputStream.nullInputStream());
    }

    /** Exactly so many bytes from the position; an {@link java.io.EOFException} where the file has fewer. */
    public abstract void readFully(long position, byte[] target, int offset, int length) throws IOException;
}
