-- Each sweep forgets those that were given up long ago: few among very many.
create index blobs_doomed on blobs (changed_at) where state = 'doomed';
