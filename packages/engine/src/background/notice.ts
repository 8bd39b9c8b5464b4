import type { Kysely } from "kysely";
import { notifyChange } from "../jobs/notices.ts";
import type { Database } from "../store/database.ts";

/** No job has this id: whoever watches a job is not woken by it. */
const noJob = 0;

/** Wakes workers, who then look for errands. Within a transaction: when it commits. */
export const notifyErrands = (db: Kysely<Database>): Promise<void> => notifyChange(db, noJob);
