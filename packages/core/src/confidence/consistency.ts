import { canonicalJson } from "../agent/agent.ts";
import type { Reading } from "../extraction/reading.ts";

/** What several replies to one question come to, for one label. */
export interface Consistency {
  /** The reading that stands, and which reply's it is. */
  readonly reading: Reading;
  readonly of: number;
  /** Share of all replies that say its value, those that say none among them; null where none says any. */
  readonly share: number | null;
}

/**
 * The value that most replies say, read as the first of them says it; of values that equally many say, the one that was
 * said first. The share falls with every reply that says another, or none. Where none says any, the first reply's reason
 * stands. (Self-consistency: Wang et al., ICLR 2023.)
 *
 * @param readings one a reply, in the order of the samples; at least one
 */
export function consistency(readings: readonly [Reading, ...Reading[]]): Consistency {
  const said = new Map<string, number[]>();
  readings.forEach((reading, index) => {
    if (!reading.ok) return;
    const value = canonicalJson(reading.value);
    said.set(value, [...(said.get(value) ?? []), index]);
  });
  // The map keeps the order in which values were first said, and sorting keeps it among equals.
  const [most] = [...said.values()].sort((a, b) => b.length - a.length);
  const first = most?.[0] ?? 0;
  return {
    reading: readings[first] ?? readings[0],
    of: first,
    share: most ? most.length / readings.length : null,
  };
}
