import type { LineEnd } from "../../batches/batch.ts";
import { timedOut } from "../dialect.ts";

/** A line of a batch's results. The bodies of messages and errors are JSON as they stand. */
export function resultLine(customId: string, end: LineEnd): string {
  const result = (text: string) => `{"custom_id":${JSON.stringify(customId)},"result":${text}}\n`;
  if (end === "cancelled") return result('{"type":"canceled"}');
  if (end === "expired") return result('{"type":"expired"}');
  const { status, body } = "status" in end.delivery ? end.delivery : timedOut;
  return status === 200
    ? result(`{"type":"succeeded","message":${body}}`)
    : result(`{"type":"errored","error":${body}}`);
}
