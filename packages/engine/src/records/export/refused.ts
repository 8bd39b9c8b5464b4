import type { Problem } from "@countersign/core";

/** Thrown on the way through an export that turns out to be impossible, to be told where it was asked for. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem<"export-not-possible">;

  constructor(problem: Problem<"export-not-possible">) {
    super([problem.what, problem.next].filter(Boolean).join(" "));
    this.problem = problem;
  }
}
