import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { type Token, tokenColumns } from "./token.ts";

/** Revokes a token: from now on it authenticates nobody. */
export async function revoke(
  engine: Engine,
  actor: Actor,
  { token: id }: { readonly token: number },
): Promise<Result<Token, Problem<"token-not-found">>> {
  const token = await engine.db
    .deleteFrom("tokens")
    .where("id", "=", id)
    .returning(tokenColumns)
    .executeTakeFirst();
  if (token === undefined)
    return err({
      type: "token-not-found",
      what: `There is no token ${id}.`,
      next: "See which there are: countersign token list",
    });
  engine.log.info({ token: id, name: token.name, by: actor.name }, "token revoked");
  return ok(token);
}
