package org.apache.hadoop.fs;

/** A file that exists. */
public class FileStatus {
    private final long bytes;
    private final long modifiedAt;
    private final Path path;

    /** @param modifiedAt milliseconds since 1970; the others say nothing here */
    public FileStatus(long bytes, boolean folder, int replication, long blockBytes, long modifiedAt, Path path) {
        if (folder) {
            throw new IllegalArgumentException("a folder: " + path);
        }
        this.bytes = bytes;
        this.modifiedAt = modifiedAt;
        this.path = path;
    }

    public long getLen() {
        return bytes;
    }

    public long getModificationTime() {
        return modifiedAt;
    }

    public Path getPath() {
        return path;
    }
}
