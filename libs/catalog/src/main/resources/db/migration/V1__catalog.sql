-- The catalog: docs/formats/catalog.md says what each table means and which transitions there are.

create type object_type as enum ('project_logs', 'experiment', 'dataset', 'playground_logs', 'prompt', 'function');

---------------------------------------------------------------------------------------------------------------- log

-- How far each partition of the topic `writes` is. Updated five times a second and more, so half of each page is kept
-- free for new versions of its rows, and what is dead is swept soon.
create table wal_positions (
    partition   integer     not null primary key check (partition >= 0),
    incarnation integer     not null check (incarnation >= 1),
    wal_offset  bigint      not null check (wal_offset >= 0),
    epoch       bigint      not null check (epoch >= 1),
    owner       text        not null,
    stopped     text,
    read_until  timestamptz
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Who had a partition from which offset on: an epoch reigned from where it found the partition to where the next found it.
create table wal_epochs (
    partition   integer     not null,
    epoch       bigint      not null,
    owner       text        not null,
    incarnation integer     not null,
    wal_offset  bigint      not null,
    began_at    timestamptz not null default now(),
    primary key (partition, epoch)
);

-- Every blob that a commit has listed, or the sweeper has given up. Who inserts a name second fails.
create table blobs (
    name       text        not null primary key,
    state      text        not null check (state in ('live', 'retired', 'doomed')),
    changed_at timestamptz not null default now()
);

create table wal_objects (
    id            bigint      generated always as identity primary key,
    name          text        not null unique,
    organization  uuid        not null,
    bytes         bigint      not null check (bytes > 0),
    footer_offset bigint      not null check (footer_offset >= 0 and footer_offset < bytes),
    committed_at  timestamptz not null default now()
);

create table wal_sections (
    partition    integer not null,
    incarnation  integer not null,
    first_offset bigint  not null,
    next_offset  bigint  not null,
    wal_object   bigint  not null references wal_objects (id),
    writes       bigint  not null check (writes > 0),
    stamp_sum    bigint  not null,
    primary key (partition, incarnation, first_offset, wal_object),
    check (next_offset > first_offset)
);

-- The sections of one object, so that those past a position are found by the index alone.
create table wal_section_objects (
    object_type  object_type not null,
    object_id    text        not null,
    partition    integer     not null,
    incarnation  integer     not null,
    next_offset  bigint      not null,
    first_offset bigint      not null,
    wal_object   bigint      not null references wal_objects (id),
    writes       bigint      not null check (writes > 0),
    primary key (object_type, object_id, partition, incarnation, next_offset, wal_object) include (first_offset, writes)
);

-- What is missing from the log for good. An incarnation ends once, so it has one gap at most.
create table gaps (
    partition    integer     not null,
    incarnation  integer     not null,
    first_offset bigint      not null,
    next_offset  bigint      not null,
    reason       text        not null,
    found_at     timestamptz not null default now(),
    -- of the topic, at that time: says which objects may have used this partition
    partitions   integer     not null,
    primary key (partition, incarnation),
    check (next_offset >= first_offset)
);

create table object_width (
    object_type object_type not null,
    object_id   text        not null,
    width       integer     not null check (width >= 1 and (width & (width - 1)) = 0),
    primary key (object_type, object_id)
);

---------------------------------------------------------------------------------------------------------- directory

-- Names and hashes only. Nothing of what was logged stands here.
create table organizations (
    id         uuid        not null primary key default gen_random_uuid(),
    name       text        not null unique check (name <> ''),
    created_at timestamptz not null default now()
);

create table projects (
    id           uuid        not null primary key default gen_random_uuid(),
    organization uuid        not null references organizations (id),
    name         text        not null check (name <> ''),
    created_at   timestamptz not null default now(),
    unique (organization, name)
);

-- Objects with an id of their own. Logs, prompts and functions go by the id of their project and stand in no row here.
create table objects (
    object_type object_type not null check (object_type in ('experiment', 'dataset', 'playground_logs')),
    id          uuid        not null,
    project     uuid        not null references projects (id),
    name        text        not null check (name <> ''),
    created_at  timestamptz not null default now(),
    base        uuid,
    primary key (object_type, id),
    unique (project, object_type, name),
    foreign key (object_type, base) references objects (object_type, id)
);

create table api_keys (
    sha256       bytea       not null primary key check (length(sha256) = 32),
    id           uuid        not null unique default gen_random_uuid(),
    organization uuid        not null references organizations (id),
    name         text        not null,
    created_at   timestamptz not null default now(),
    revoked_at   timestamptz
);

--------------------------------------------------------------------------------------------------- transaction ids

-- Slots of the processes that draw transaction ids of their own clocks. A slot with `expires_at` in the past is free.
create table id_slots (
    slot       smallint    not null primary key check (slot between 0 and 127),
    token      bigint      not null default 0,
    holder     text,
    expires_at timestamptz not null default '-infinity'
) with (fillfactor = 50);

insert into id_slots (slot) select generate_series(0, 127);
