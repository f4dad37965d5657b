package io.spanlake.blobstore;

import java.net.URI;
import java.util.Map;

/**
 * Leave to put one blob. The URL is a secret: it is never logged.
 *
 * @param headers what the client has to send along
 */
public record SignedUpload(URI url, Map<String, String> headers) {
    public SignedUpload {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "SignedUpload[" + url.getHost() + "]";
    }
}
