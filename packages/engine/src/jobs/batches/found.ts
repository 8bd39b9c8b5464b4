import type { Kysely } from "kysely";
import type { Database } from "../../store/database.ts";
import type { Outcome } from "../worker/answers.ts";
import type { Assignment } from "../worker/assignment.ts";
import type { KeptReply } from "../worker/finished-item.ts";
import { storedReplies } from "../worker/stored-replies.ts";
import { type Line, linesOf } from "./lines.ts";

/** What is known of a question. */
export interface Found {
  readonly reply: KeptReply | undefined;
  readonly line: Line | undefined;
}

/** How a question came out in a batch, or before; undefined where it was never asked. */
export function outcomeOf(found: Found | undefined, position: number): Outcome | undefined {
  const { reply, line } = found ?? {};
  const paid = line?.position === position;
  if (reply) return { kind: "reply", reply, paid, attempts: paid ? 1 : 0 };
  if (!line) return undefined;
  if (line.state === "open") return { kind: "left" };
  const { outcome, reason, message } = line;
  const verdict = { outcome: outcome ?? "failed", reason, message, labels: [] };
  return { kind: "failed", verdict, attempts: paid ? 1 : 0 };
}

/** What is known of questions, by the hexadecimal of their keys. */
export async function findOutcomes(
  db: Kysely<Database>,
  { job, projectId }: Assignment,
  keys: readonly Buffer[],
): Promise<Map<string, Found>> {
  // In this order: what a line says to be answered was stored with it, so that it is found by the second look.
  const lines = await linesOf(db, job, keys);
  const replies = await storedReplies(db, projectId, keys);
  return new Map(
    keys.map((key) => {
      const name = key.toString("hex");
      return [name, { reply: replies.get(name), line: lines.get(name) }];
    }),
  );
}
