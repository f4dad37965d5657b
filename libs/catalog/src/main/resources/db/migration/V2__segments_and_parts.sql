-- What is made of the log: cuts, parts, and what is swapped for what. docs/formats/catalog.md says what each means.

---------------------------------------------------------------------------------------------------------------- log

-- Which topic the offsets count in, as Kafka names it; null until someone who knows has claimed the partition.
alter table wal_positions add column topic_id uuid;

-- Up to which broker time the partition was read where the section ends.
alter table wal_sections add column read_until timestamptz;

-- How many objects still need the WAL object. It is retired when none does.
alter table wal_objects add column objects_left integer;
update wal_objects w
set objects_left = (select count(*) from wal_section_objects s where s.wal_object = w.id);
alter table wal_objects alter column objects_left set not null;

-- A WAL object goes with its sections, and is found by its name; the count above guards it.
alter table wal_section_objects drop constraint wal_section_objects_wal_object_fkey;
create index wal_sections_of_object on wal_sections (wal_object);
create index wal_section_objects_of_object on wal_section_objects (wal_object, partition);

alter table blobs add column bytes bigint;
update blobs b set bytes = w.bytes from wal_objects w where w.name = b.name;
-- The swap that retired it.
alter table blobs add column retired_by uuid;
create index blobs_retired on blobs (changed_at, name) where state = 'retired';
create index blobs_retired_by on blobs (retired_by) where retired_by is not null;

-- Since 1970. It queries nothing and is inlined.
create function micros(at timestamptz) returns bigint language sql stable parallel safe
    return (extract(epoch from at) * 1000000)::bigint;

---------------------------------------------------------------------------------------------------------- processed

-- How far each partition is cut. A table of its own, so that cuts and flushes do not wait for each other.
create table processed_positions (
    partition        integer     not null primary key check (partition >= 0),
    incarnation      integer     not null check (incarnation >= 1),
    processed_offset bigint      not null check (processed_offset >= 0),
    epoch            bigint      not null check (epoch >= 1),
    owner            text        not null,
    read_until       timestamptz
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- As wal_epochs: from where an epoch found the partition.
create table processed_epochs (
    partition        integer     not null,
    epoch            bigint      not null,
    owner            text        not null,
    incarnation      integer     not null,
    processed_offset bigint      not null,
    began_at         timestamptz not null default now(),
    primary key (partition, epoch)
);

create table processed_objects (
    id            bigint      generated always as identity primary key,
    name          text        not null unique,
    organization  uuid        not null,
    bytes         bigint      not null check (bytes > 0),
    footer_offset bigint      not null check (footer_offset >= 0 and footer_offset < bytes),
    -- whose cut it was committed with; none of a blob that a swap carried
    partitions    integer[]   not null,
    -- that no swap has taken out; the blob is retired when there are none
    sections_left integer     not null check (sections_left >= 0),
    committed_at  timestamptz not null default now()
);

create table segments (
    id          uuid        not null primary key,
    object_type object_type not null,
    object_id   text        not null,
    partition   integer     not null,
    rows        bigint      not null,
    raw_bytes   bigint      not null,
    opened_at   timestamptz not null default now(),
    cut_at      timestamptz not null default now(),
    closed_at   timestamptz
) with (fillfactor = 70);
create index segments_of_object on segments (object_type, object_id);

-- Only what counts: a swap deletes what it takes out.
create table processed_sections (
    id               bigint      generated always as identity primary key,
    processed_object bigint      not null references processed_objects (id),
    object_type      object_type not null,
    object_id        text        not null,
    segment          uuid        not null,
    partition        integer     not null,
    incarnation      integer     not null,
    first_offset     bigint      not null,
    next_offset      bigint      not null,
    -- written by a swap: its range says nothing
    carried          boolean     not null,
    rows             bigint      not null check (rows > 0),
    raw_bytes        bigint      not null,
    bytes            bigint      not null,
    stamp_sum        bigint      not null,
    min_transaction  bigint      not null,
    min_position     integer     not null,
    max_transaction  bigint      not null,
    max_position     integer     not null,
    committed_at     timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.02);
create index processed_sections_of_object on processed_sections (object_type, object_id, carried, partition, incarnation, next_offset);
create index processed_sections_of_blob on processed_sections (processed_object);

-- What a cut could not read, and nobody can: reads of the object say so.
create table object_gaps (
    object_type  object_type not null,
    object_id    text        not null,
    wal_object   text        not null,
    partition    integer     not null,
    incarnation  integer     not null,
    first_offset bigint      not null,
    next_offset  bigint      not null,
    writes       bigint      not null,
    stamp_sum    bigint      not null,
    reason       text        not null,
    found_at     timestamptz not null default now(),
    primary key (object_type, object_id, wal_object, partition)
);

--------------------------------------------------------------------------------------------------------------- parts

-- One row an object that was ever cut. Its lock serialises what is published of the object.
create table published_objects (
    object_type  object_type not null,
    object_id    text        not null,
    organization uuid        not null,
    version      bigint      not null default 0,
    published_at timestamptz,
    checkpoint   text,
    leased_by    text,
    lease_token  bigint      not null default 0,
    leased_until timestamptz not null default '-infinity',
    primary key (object_type, object_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Up to where the checkpoint in force has the place of the log, for an object.
create table object_floors (
    object_type  object_type not null,
    object_id    text        not null,
    partition    integer     not null,
    incarnation  integer     not null,
    floor_offset bigint      not null,
    primary key (object_type, object_id, partition)
) with (fillfactor = 50);

-- Only what counts: a swap deletes what it takes out.
create table parts (
    id           bigint      generated always as identity primary key,
    name         text        not null unique,
    object_type  object_type not null,
    object_id    text        not null,
    project      uuid        not null,
    level        integer     not null check (level >= 0),
    segment      uuid,
    rows         bigint      not null check (rows > 0),
    bytes        bigint      not null check (bytes > 0),
    tail_offset  bigint      not null check (tail_offset >= 0 and tail_offset < bytes),
    orc_bytes    bigint      not null,
    raw_bytes    bigint      not null,
    stamp_sum    bigint      not null,
    oldest_first bigint      not null,
    newest_first bigint      not null,
    newest_last  bigint      not null,
    start_min    timestamptz,
    start_max    timestamptz,
    dv_version   integer     not null default 0 check ((dv_version = 0) = (dv_name is null)),
    dv_name      text,
    dv_bytes     bigint      not null default 0,
    dead_rows    bigint      not null default 0 check (dead_rows between 0 and rows),
    dead_sum     bigint      not null default 0,
    erase_by     timestamptz,
    version      bigint      not null,
    published_at timestamptz not null default now()
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
create index parts_of_object on parts (object_type, object_id);
create index parts_of_project on parts (project);
create index parts_to_erase on parts (erase_by) where erase_by is not null;
create index parts_with_dead on parts (object_type, object_id) where dead_rows > 0;

-- By its id a swap is found again whose answer was lost. It also tells what was made of what.
create table swaps (
    id           uuid        not null primary key,
    object_type  object_type not null,
    object_id    text        not null,
    version      bigint      not null,
    published_at timestamptz not null default now(),
    sections_in  integer     not null,
    parts_in     integer     not null,
    parts_out    integer     not null,
    killed_rows  bigint      not null,
    folded       bigint      not null,
    dropped      bigint      not null,
    unique (object_type, object_id, version)
);
create index swaps_by_time on swaps (published_at);

-- What a swap erased: the blob lists the rows.
create table receipts (
    swap            uuid        not null primary key,
    organization    uuid        not null,
    object_type     object_type not null,
    object_id       text        not null,
    blob            text        not null,
    rows            bigint      not null,
    erased_at       timestamptz not null default now(),
    -- when the last blob that the swap retired was deleted
    gone_at         timestamptz,
    kafka_forgets   timestamptz not null,
    storage_forgets timestamptz not null
);
create index receipts_open on receipts (swap) where gone_at is null;

-- A project without a row keeps its rows for ever.
create table retention (
    project      uuid        not null primary key,
    keep_seconds bigint      not null check (keep_seconds > 0),
    changed_at   timestamptz not null default now()
);
