-- Roles of the catalog, one a kind of process, each with no more than it needs. Run it after each migration, as the
-- owner of the tables or a superuser; running it again changes nothing.
--
--   psql "$DATABASE" -f roles.sql
--   psql "$DATABASE" -c "create role gateway_1 login password '…' in role spanlake_gateway"
--
-- The migration itself runs as the owner of the database; no service does, once its chart sets spanlake.postgres.migrate=false.

do $$
declare
    role_name text;
begin
    foreach role_name in array array[
        'spanlake_reader', 'spanlake_gateway', 'spanlake_streamer', 'spanlake_processor', 'spanlake_compactor',
        'spanlake_control', 'spanlake_repair', 'spanlake_status']
    loop
        if not exists (select from pg_roles where rolname = role_name) then
            execute format('create role %I nologin', role_name);
        end if;
    end loop;
end
$$;

revoke create on schema public from public;
grant usage on schema public
    to spanlake_reader, spanlake_gateway, spanlake_streamer, spanlake_processor, spanlake_compactor, spanlake_control,
    spanlake_repair, spanlake_status;

-- Query services: read what there is, and who owns it.
grant select on wal_positions, wal_objects, wal_sections, wal_section_objects, gaps, object_width,
    processed_positions, processed_objects, processed_sections, published_objects, parts, object_gaps, retention,
    unreadable_blobs, organizations, projects, objects, api_keys to spanlake_reader;

-- ingest-gateway: checks keys and owners, makes projects that are written to by name, widens objects, holds an id slot.
grant select on organizations, projects, objects, api_keys, object_width, id_slots to spanlake_gateway;
grant insert (organization, name) on projects to spanlake_gateway;
grant insert, update (width) on object_width to spanlake_gateway;
grant update (token, holder, expires_at) on id_slots to spanlake_gateway;

-- wal-streamer: moves positions and lists what it has put. It never deletes, and sees no key and no name.
grant select, insert, update on wal_positions to spanlake_streamer;
grant select, insert on wal_epochs, blobs, wal_objects, wal_sections, wal_section_objects to spanlake_streamer;
grant select on gaps to spanlake_streamer;
grant select, insert on unreadable_blobs to spanlake_streamer;

-- segment-processor: moves its positions and lists its cuts. It takes nothing out.
grant select on wal_positions, wal_objects, wal_sections, wal_section_objects, blobs to spanlake_processor;
grant select, insert, update on processed_positions, segments to spanlake_processor;
grant select, insert on processed_epochs, blobs, processed_objects, processed_sections, published_objects, object_gaps
    to spanlake_processor;

-- compactor: swaps, sweeps, and so deletes. It sees no key.
grant select on wal_positions, wal_objects, wal_sections, wal_section_objects, gaps, object_width, processed_positions,
    object_gaps, retention, unreadable_blobs, organizations, projects, objects to spanlake_compactor;
grant select, insert, update on published_objects, object_floors, receipts to spanlake_compactor;
grant select, insert, update, delete on blobs, processed_objects, processed_sections, parts, swaps to spanlake_compactor;
grant select, delete on segments to spanlake_compactor;
grant select, update, delete on erasures to spanlake_compactor;
grant select, delete on wal_epochs, processed_epochs to spanlake_compactor;
grant update, delete on wal_objects to spanlake_compactor;
grant delete on wal_sections, wal_section_objects to spanlake_compactor;

-- control-plane: keeps the directory. It sees nothing of the log.
grant select, insert on organizations, projects, objects, api_keys to spanlake_control;
grant update (base) on objects to spanlake_control;
grant update (name, revoked_at) on api_keys to spanlake_control;
grant select, insert, update, delete on retention to spanlake_control;
grant select, insert, update on erasures to spanlake_control;

-- `./spanlake repair`: opens a stopped partition and writes down what is missing.
grant select, update on wal_positions to spanlake_repair;
grant select, insert on wal_epochs, gaps to spanlake_repair;

-- `./spanlake status`: counts what there is. It sees no name of anyone, and nothing of what was logged.
grant select on wal_positions, wal_objects, wal_sections, processed_positions, processed_objects, processed_sections,
    published_objects, parts, blobs, object_gaps, unreadable_blobs to spanlake_status;
