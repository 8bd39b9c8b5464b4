-- Records that are being deleted are out of sight before their rows are gone: each is asked whether it is going.
create index deletion_records_by_record on deletion_records (record_id);
-- A deletion empties these itself before it is forgotten; a look-up a row is too much where a million go.
alter table deletion_records drop constraint deletion_records_deletion_id_fkey;
alter table deletion_replies drop constraint deletion_replies_deletion_id_fkey;

-- Every row that names another is found from there, so that no deletion reads a whole table. A label goes with its record
-- and its annotator; that it also named its project cost a look-up a label, and a reading of all of them in the end.
alter table labels drop constraint labels_project_id_fkey;
create index batch_lines_by_batch on batch_lines (batch_id);
drop index batch_lines_open;
create index assignments_by_job on assignments (job_id);

-- How far a person has got in an assignment's order: before it there is nothing that they could be handed, but for what was
-- given back since and what they have passed over. So that the next record is found as quickly after 30,000 as at first.
alter table assignment_people add column reached int not null default 0;
alter table assignment_items add column returned boolean not null default false;
create index assignment_items_returned on assignment_items (assignment_id, position) where free > 0 and returned;
create index assignment_parts_skipped on assignment_parts (assignment_id, person, position) where state = 'skipped';
