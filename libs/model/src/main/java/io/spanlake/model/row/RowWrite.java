package io.spanlake.model.row;

import io.spanlake.model.Stamp;
import io.spanlake.model.WriteKind;
import java.util.Optional;

/**
 * What a row state remembers of one write.
 *
 * @param traceId the trace that the write names; empty too where a later full write or delete made it of no account, and
 *     once settled of all writes but the one that decides
 */
public record RowWrite(Stamp stamp, WriteKind kind, Optional<String> traceId) {}
