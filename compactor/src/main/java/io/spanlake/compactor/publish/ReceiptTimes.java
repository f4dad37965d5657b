package io.spanlake.compactor.publish;

import java.time.Duration;

/**
 * When what is erased will be forgotten by those who forget by themselves.
 *
 * @param kafka       retention of topic {@code writes}
 * @param softDelete  of the blob store, after a blob is deleted; zero where it has none
 * @param sweepGrace  until retired blobs are deleted
 */
public record ReceiptTimes(Duration kafka, Duration softDelete, Duration sweepGrace) {}
