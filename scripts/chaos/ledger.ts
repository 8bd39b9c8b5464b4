import { readFile } from "node:fs/promises";
import { type Call, itemOf } from "@countersign/simulator";
import { textOf } from "../../bench/texts.ts";
import type { Stored } from "./witness.ts";

/** A kill as it matters to who pays for calls. */
export interface Kill {
  /** When the victims were gone, in Unix milliseconds. */
  readonly at: number;
  /** What was stored when the witness looked last, just before. */
  readonly stored: Stored;
}

/** What the calls of a job came to. */
export interface Account {
  readonly calls: number;
  /** Calls that the simulator let fail: each is a reason to call again. */
  readonly failed: number;
  /** Answered calls and those given up under way: what a provider has charged for. */
  readonly paid: number;
  /** Over all kills, items that had been asked about and were not stored. */
  readonly inFlight: number;
  /** Calls paid for beyond an item's first. */
  readonly again: number;
  /** Items that were paid for more often than once and once more for each kill at which they were in flight. */
  readonly overpaid: readonly number[];
}

/** A call that a killed process had sent may reach the simulator so many milliseconds later. */
const onTheWay = 250;

/** Reads the simulator's log and holds every item's calls against the kills. */
export async function readLedger(
  file: string,
  items: number,
  kills: readonly Kill[],
): Promise<Account> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  const calls = lines.map((line) => JSON.parse(line) as Call);
  const byItem = Map.groupBy(calls, ({ item }) => item);
  let inFlight = 0;
  let again = 0;
  const overpaid: number[] = [];
  for (let n = 0; n < items; n += 1) {
    const made = byItem.get(itemOf(textOf(n))) ?? [];
    const paid = made.filter(isPaid).length;
    const asked = Math.min(...made.map(({ at }) => Date.parse(at)));
    const risks = kills.filter(
      ({ at, stored }) => asked < at + onTheWay && !stored.has(String(n)),
    ).length;
    inFlight += risks;
    again += Math.max(0, paid - 1);
    if (paid > 1 + risks) overpaid.push(n);
  }
  const paid = calls.filter(isPaid).length;
  return { calls: calls.length, failed: calls.length - paid, paid, inFlight, again, overpaid };
}

const isPaid = ({ outcome }: Call): boolean => outcome === "answered" || outcome === "abandoned";
