-- rewrites: job_items

-- An item may take several replies: one a sample, in their order, and for each of them the one that refines it, or null.
alter table job_items add column reply_keys bytea[];
alter table job_items add column refined_keys bytea[];
update job_items set reply_keys = array[reply_key] where reply_key is not null;
alter table job_items drop column reply_key;
