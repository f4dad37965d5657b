package org.apache.hadoop.hdfs.client;

import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;

/** A stream of HDFS, which none of ours is; ORC asks whether it has one. */
public abstract class HdfsDataOutputStream extends FSDataOutputStream {
    /** What ORC would ask of such a stream. */
    public enum SyncFlag {
        END_BLOCK
    }

    protected HdfsDataOutputStream(OutputStream target) {
        super(target);
    }
}
