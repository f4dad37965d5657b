-- Parts of an object are written anew beside its tail becoming parts: each has a lease of its own.
alter table published_objects
    add column rewrite_by    text,
    add column rewrite_token bigint      not null default 0,
    add column rewrite_until timestamptz not null default '-infinity';
