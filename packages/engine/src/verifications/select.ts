import type { Kysely } from "kysely";
import type { Database } from "../store/database.ts";

/** Verifications as they are seen from outside. */
export const selectVerifications = (db: Kysely<Database>) =>
  db
    .selectFrom("verifications")
    .select(["id", "label_id as label", "verdict", "judged", "value", "verifier", "at"]);
