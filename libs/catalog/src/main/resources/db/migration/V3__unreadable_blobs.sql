-- Records that no object of the write-ahead log could take: kept as they came, each as a blob, for a person to look at.
create table unreadable_blobs (
    name         text        not null primary key,
    bytes        bigint      not null,
    partition    integer     not null,
    incarnation  integer     not null,
    first_offset bigint      not null,
    next_offset  bigint      not null,
    reason       text        not null,
    found_at     timestamptz not null default now(),
    check (next_offset > first_offset)
);
create index unreadable_blobs_by_time on unreadable_blobs (found_at);
