-- Rows of objects that keep versions, all of whose versions go because someone asked. A row of this is deleted a week after it is done.
create table erasures (
    id          bigint      generated always as identity primary key,
    object_type object_type not null,
    object_id   text        not null,
    row_id      text        not null,
    asked_at    timestamptz not null default now(),
    done_at     timestamptz
);
create index erasures_of_object on erasures (object_type, object_id);
create unique index erasures_once on erasures (object_type, object_id, row_id) where done_at is null;
create index erasures_open on erasures (asked_at) where done_at is null;
