package io.spanlake.standalone.data;

import java.io.IOException;

/** How much of a disk is free. */
@FunctionalInterface
public interface FreeSpace {
    /** Blocks. */
    long bytes() throws IOException;
}
