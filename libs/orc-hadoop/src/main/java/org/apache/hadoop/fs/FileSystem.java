package org.apache.hadoop.fs;

import java.io.IOException;

/** Where ORC opens and creates files. Each method refuses until it is overridden. */
public abstract class FileSystem {
    public FSDataInputStream open(Path path) throws IOException {
        throw new IOException("not for reading: " + path);
    }

    /** ORC's parameters beyond the path are for HDFS, and mean nothing here. */
    public FSDataOutputStream create(Path path, boolean overwrite, int bufferBytes, short replication, long blockBytes)
            throws IOException {
        throw new IOException("not for writing: " + path);
    }

    public FileStatus getFileStatus(Path path) throws IOException {
        throw new IOException("of unknown length: " + path);
    }

    public short getDefaultReplication(Path path) {
        return 1;
    }
}
