/**
 * Bodies that are too large for one request: uploaded first, then named by their key. The door is {@link
 * io.spanlake.gateway.overflow.OverflowRoutes}.
 *
 * <p>1. The client asks for leave and gets a key under its organization's prefix, which is ours to make, and a URL: the
 * store's own where it signs uploads, else one of this gateway with a signed, expiring token. 2. What comes to our URL is put
 * piece by piece as blobs of their own; a list of them, put last, makes the upload visible as a whole. 3. {@code /logs3} with
 * the key reads it twice: once to validate all rows, keeping only where they lie, and once to produce them, a few MiB at a
 * time.
 */
@NullMarked
package io.spanlake.gateway.overflow;

import org.jspecify.annotations.NullMarked;
