import type { Verdict } from "./label.ts";

/** As much of a verification as decides what stands. */
interface Judgement {
  readonly verdict: Verdict;
  readonly verifier: string;
}

/**
 * The verdict that stands on a label: the newest that has not been taken back. Each RETRACTS takes back its own
 * verifier's newest verdict that stood until then, and nobody else's; so another person's, or the same person's earlier
 * one, stands again.
 *
 * @param history all verdicts on one label, oldest first
 * @param verifier whose verdicts are meant; everybody's if left out
 */
export function standingVerdict<Verified extends Judgement>(
  history: readonly Verified[],
  verifier?: string,
): Verified | undefined {
  const standing: Verified[] = [];
  for (const judgement of history) {
    if (judgement.verdict !== "RETRACTS") {
      standing.push(judgement);
      continue;
    }
    const own = standing.findLastIndex((one) => one.verifier === judgement.verifier);
    if (own >= 0) standing.splice(own, 1);
  }
  return standing.findLast((one) => verifier === undefined || one.verifier === verifier);
}
