import { expect, test } from "vitest";
import type { Verdict } from "./label.ts";
import { standingVerdict } from "./standing.ts";

const history = (...verdicts: [verifier: string, verdict: Verdict][]) =>
  verdicts.map(([verifier, verdict], index) => ({ id: index + 1, verifier, verdict }));

test("nothing stands on a label that nobody has judged", () => {
  expect(standingVerdict([])).toBeUndefined();
});

test("the newest verdict stands, whoever's it is", () => {
  expect(standingVerdict(history(["ann", "CONFIRMS"], ["ben", "CORRECTS"]))?.id).toBe(2);
});

test("taking a verdict back lets the one before it stand", () => {
  const all = history(["ann", "CONFIRMS"], ["ben", "CORRECTS"], ["ben", "RETRACTS"]);
  expect(standingVerdict(all)?.id).toBe(1);
});

test("nobody takes back another person's verdict", () => {
  const all = history(["ann", "CONFIRMS"], ["ben", "CORRECTS"], ["ann", "RETRACTS"]);
  expect(standingVerdict(all)?.id).toBe(2);
  expect(standingVerdict(all, "ann")).toBeUndefined();
});

test("verdicts are taken back newest first, until none is left", () => {
  const twice: [string, Verdict][] = [
    ["ann", "CONFIRMS"],
    ["ann", "CORRECTS"],
  ];
  expect(standingVerdict(history(...twice, ["ann", "RETRACTS"]))?.id).toBe(1);
  expect(
    standingVerdict(history(...twice, ["ann", "RETRACTS"], ["ann", "RETRACTS"])),
  ).toBeUndefined();
});
