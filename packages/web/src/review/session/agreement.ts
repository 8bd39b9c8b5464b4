import { sameValue } from "../../label/value.ts";
import type { Act } from "./act.ts";

/** How the last word on each label of a session compares with the machine's. */
export interface Agreement {
  readonly confirmed: number;
  readonly corrected: number;
}

/** Counts labels, not acts: a label judged twice counts once, as it was judged last. */
export function agreement(acts: readonly Act[]): Agreement {
  const agreed = new Map<number, boolean>();
  for (const act of acts)
    for (const { label, suggested, value } of act.judgements)
      agreed.set(label, sameValue(suggested, value));
  const confirmed = [...agreed.values()].filter(Boolean).length;
  return { confirmed, corrected: agreed.size - confirmed };
}
