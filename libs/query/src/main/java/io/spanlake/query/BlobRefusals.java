package io.spanlake.query;

import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.part.columns.ColumnsFormatException;
import java.io.IOException;

/** What a read is refused for when a blob does not give what it should. */
public final class BlobRefusals {
    private BlobRefusals() {}

    /** The refusal that a fault amounts to; the fault itself where it is of another kind. */
    public static Throwable of(String blob, Throwable fault) {
        return switch (fault) {
            case BlobNotFoundException _ -> refused(new ReadRefusal.BlobUnreadable(blob, "it is gone"), fault);
            case BlobFormatException damage -> refused(new ReadRefusal.BlobUnreadable(blob, said(damage)), damage);
            case ColumnsFormatException damage -> refused(new ReadRefusal.BlobUnreadable(blob, said(damage)), damage);
            case BlobStoreException failed -> refused(new ReadRefusal.StoreFailed(blob, said(failed)), failed);
            case IOException damage
            when damage.getCause() instanceof RuntimeException cause -> {
                var refusal = of(blob, cause);
                yield refusal == cause ? unreadable(blob, damage) : refusal;
            }
            case IOException damage -> unreadable(blob, damage);
            default -> fault;
        };
    }

    private static ReadRefusedException unreadable(String blob, IOException damage) {
        return refused(new ReadRefusal.BlobUnreadable(blob, said(damage)), damage);
    }

    private static ReadRefusedException refused(ReadRefusal refusal, Throwable cause) {
        return new ReadRefusedException(refusal, cause);
    }

    private static String said(Throwable fault) {
        return String.valueOf(fault.getMessage());
    }
}
