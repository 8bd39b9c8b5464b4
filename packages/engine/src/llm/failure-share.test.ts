import { expect, test } from "vitest";
import { FailureShare } from "./failure-share.ts";

/** The run that is put down to chance once every so-manieth call has failed for long. */
function learnt(every: number): number {
  const share = new FailureShare();
  for (let call = 1; call <= 1000; call += 1)
    if (call % every === 0) share.trouble();
    else share.good();
  return share.inARowByChance;
}

test("the more calls fail among good ones, the longer a run of failures is put down to chance", () => {
  expect([1001, 200, 20, 5, 2].map(learnt)).toEqual([1, 1, 2, 3, 5]);
});

test("failures without a good reply between them make no run likelier", () => {
  const share = new FailureShare();
  for (let call = 0; call < 1000; call += 1) share.trouble();
  expect(share.inARowByChance).toBe(1);
});
