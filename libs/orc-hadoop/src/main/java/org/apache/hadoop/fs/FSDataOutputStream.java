package org.apache.hadoop.fs;

import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file being written, from its begin. */
public class FSDataOutputStream extends DataOutputStream {
    private final Counted counted;

    public FSDataOutputStream(OutputStream target) {
        this(new Counted(target));
    }

    private FSDataOutputStream(Counted counted) {
        super(counted);
        this.counted = counted;
    }

    /** Bytes written so far. */
    public long getPos() {
        return counted.bytes;
    }

    public void hflush() throws IOException {
        flush();
    }

    /** Counts beyond the 2 GiB where {@link DataOutputStream#size} stops. */
    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream target) {
            super(target);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            bytes += length;
        }
    }
}
