import type { Problem, Result } from "@countersign/core";

/** The value of an act that a test builds on; the test fails with the problem's words where there is none. */
export function given<Value>(result: Result<Value, Problem>): Value {
  if (!result.ok) throw new Error(`${result.error.type}: ${result.error.what}`);
  return result.value;
}
