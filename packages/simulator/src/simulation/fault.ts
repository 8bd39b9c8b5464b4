import type { Draws } from "./draws.ts";
import type { Fault, FaultRule } from "./fault-rule.ts";

const contentFaults: ReadonlySet<Fault> = new Set([
  "context-length",
  "content-filter",
  "refusal",
  "wrong-label",
]);

const connectionFaults: ReadonlySet<Fault> = new Set(["reset", "truncated", "malformed"]);

/** Whether a fault befalls what the caller receives on the way: a line of a batch has no way of its own. */
export const ofConnection = ({ fault }: FaultRule): boolean => connectionFaults.has(fault);

/**
 * The fault a call meets, if any. Transport is drawn anew at every attempt; what the model makes of a prompt is drawn
 * once, so a prompt that is refused stays refused however often it is asked.
 *
 * @param seconds since the start
 */
export function faultOf(
  rules: readonly FaultRule[],
  call: { readonly attempt: number; readonly seconds: number; readonly draws: Draws },
): Fault | undefined {
  const applying = rules.filter(
    ({ attempts, seconds }) =>
      (!attempts || (call.attempt >= attempts.from && call.attempt <= attempts.to)) &&
      (!seconds || (call.seconds >= seconds.from && call.seconds < seconds.to)),
  );
  const [content, transport] = partitioned(applying);
  return picked(transport, call.draws.transport) ?? picked(content, call.draws.content);
}

function partitioned(rules: readonly FaultRule[]): [content: FaultRule[], transport: FaultRule[]] {
  const of = (isContent: boolean) =>
    rules.filter((rule) => contentFaults.has(rule.fault) === isContent);
  return [of(true), of(false)];
}

function picked(rules: readonly FaultRule[], draw: number): Fault | undefined {
  let upTo = 0;
  for (const { fault, share } of rules) {
    upTo += share;
    if (draw < upTo) return fault;
  }
  return undefined;
}
