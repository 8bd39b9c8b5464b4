import type { Result } from "@countersign/core";
import type { Kysely } from "kysely";
import type { Database } from "./database.ts";

/** Runs a transaction that is kept where its work ends well; where that ends in a problem, or throws, nothing of it is. */
export async function attempt<Ending extends Result<unknown, unknown>>(
  db: Kysely<Database>,
  work: (transaction: Kysely<Database>) => Promise<Ending>,
): Promise<Ending> {
  const transaction = await db.startTransaction().execute();
  let result: Ending;
  try {
    result = await work(transaction);
  } catch (error) {
    // Over a lost connection there is nothing to roll back; the error that lost it is the one to tell.
    await transaction
      .rollback()
      .execute()
      .catch(() => undefined);
    throw error;
  }
  await (result.ok ? transaction.commit() : transaction.rollback()).execute();
  return result;
}
