import { ok, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { type Token, tokenColumns } from "./token.ts";

/** All tokens, newest first. */
export async function list(engine: Engine): Promise<Result<{ items: Token[] }, never>> {
  const query = engine.db.selectFrom("tokens").select(tokenColumns).orderBy("id", "desc");
  return ok({ items: await query.execute() });
}
