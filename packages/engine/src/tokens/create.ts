import { randomBytes } from "node:crypto";
import { ok, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { hashOf, type Token, tokenColumns } from "./token.ts";

/** Creates a token that stands for `name`. Its secret is in this answer only. */
export async function create(
  engine: Engine,
  actor: Actor,
  { name }: { readonly name: string },
): Promise<Result<Token & { secret: string }, never>> {
  const secret = `cs_${randomBytes(32).toString("base64url")}`;
  const token = await engine.db
    .insertInto("tokens")
    .values({ name, hash: hashOf(secret), created_by: actor.name })
    .returning(tokenColumns)
    .executeTakeFirstOrThrow();
  return ok({ ...token, secret });
}
