package org.apache.hadoop.fs;

/** The name of a file, for messages. Which file it is, the {@link FileSystem} handed in knows. */
public record Path(String name) {
    @Override
    public String toString() {
        return name;
    }
}
