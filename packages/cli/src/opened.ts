import type { Problem, Result } from "@countersign/core";
import { CountersignError } from "@countersign/sdk";

/** What was opened; a problem is thrown, to be told as the server's own problems are. */
export function opened<Value>(result: Result<Value, Problem>): Value {
  if (result.ok) return result.value;
  throw new CountersignError(result.error);
}
