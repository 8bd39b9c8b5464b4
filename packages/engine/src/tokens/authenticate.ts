import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { hashOf } from "./token.ts";

/** In whose name a secret speaks; undefined where it is no token's. When it was last used is kept to the minute. */
export async function authenticate(engine: Engine, secret: string): Promise<Actor | undefined> {
  const token = await engine.db
    .selectFrom("tokens")
    .select((columns) => [
      "id",
      "name",
      columns
        .or([
          columns("last_used_at", "is", null),
          columns("last_used_at", "<", sql<string>`now() - interval '1 minute'`),
        ])
        .as("stale"),
    ])
    .where("hash", "=", hashOf(secret))
    .executeTakeFirst();
  if (token === undefined) return undefined;
  if (token.stale)
    await engine.db
      .updateTable("tokens")
      .set({ last_used_at: sql<string>`now()` })
      .where("id", "=", token.id)
      .execute();
  return { name: token.name, how: "token" };
}
