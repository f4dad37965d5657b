package io.spanlake.wal.collect;

import io.spanlake.model.OrganizationId;
import java.time.Instant;
import java.util.Map;

/**
 * What waits in one partition, as the planner sees it.
 *
 * @param oldest        when the oldest of it came here, by our clock
 * @param bytes         of all its rows, before compression
 * @param organizations bytes of each organization; empty where all of it was skipped
 * @param closing       the partition leaves us: everything at once
 */
record Waiting(int partition, Instant oldest, long bytes, Map<OrganizationId, Long> organizations, boolean closing) {}
