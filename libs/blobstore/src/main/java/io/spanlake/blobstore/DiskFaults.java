package io.spanlake.blobstore;

import java.io.IOException;
import java.util.Locale;

/** What a disk means by its errors. Java tells a full disk by the system's message alone. */
final class DiskFaults {
    private DiskFaults() {}

    static boolean isFull(IOException fault) {
        var message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }
}
