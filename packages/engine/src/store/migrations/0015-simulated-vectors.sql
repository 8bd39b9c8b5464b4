-- Whether any of its vectors came from a simulated model, which is said wherever they are shown.
alter table embeddings add column simulated boolean not null default false;
