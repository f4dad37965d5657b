package io.spanlake.gateway.row;

import io.spanlake.model.TransactionId;
import java.util.List;

/**
 * Every row is in Kafka, acknowledged by all replicas.
 *
 * @param ids         the id of each row, in the order of the request
 * @param transaction the largest transaction that the rows were written in
 */
public record IngestResult(List<String> ids, TransactionId transaction) {}
