package io.spanlake.gateway.row;

import io.spanlake.service.auth.Caller;
import java.util.List;
import java.util.Optional;

/**
 * Rows of one request, all of them valid. They are written in this order.
 *
 * @param idempotencyKey what the client named the request, to get the same ids for rows without one when it sends again
 * @param firstRow       place of the first row in the request, where a request comes in several
 */
public record IngestRequest(Caller caller, Optional<String> idempotencyKey, int firstRow, List<RowToWrite> rows) {
    public IngestRequest {
        rows = List.copyOf(rows);
    }

    public IngestRequest(Caller caller, List<RowToWrite> rows) {
        this(caller, Optional.empty(), 0, rows);
    }
}
