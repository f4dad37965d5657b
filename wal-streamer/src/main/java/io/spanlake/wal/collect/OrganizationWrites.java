package io.spanlake.wal.collect;

import io.spanlake.model.OrganizationId;
import io.spanlake.storage.wal.SectionWrites;
import java.util.List;

/** An organization's writes in a flush, a section per partition: what becomes one WAL object. */
public record OrganizationWrites(OrganizationId organization, List<SectionWrites> sections) {}
