import type { Job } from "@countersign/core";
import { describeBudget } from "./budget-summary.ts";
import { count, duration, money } from "./figures.ts";
import { table } from "./table.ts";

/** A job in a few lines: what became of its items, its labels, what it took. */
export function describeJob(job: Job): string {
  const { progress } = job;
  const outcomes = Object.entries(progress.outcomes).filter(([, n]) => n > 0);
  return [
    `job ${job.id}: ${job.state}, agent ${job.agent.name}, model ${job.agent.model}${job.simulated ? " (simulated: recorded answers, no model was called)" : ""}`,
    ...(job.pause === null ? [] : [`paused: ${job.pause.what}`, `next:   ${job.pause.next}`]),
    "",
    table(
      [{ title: "outcome" }, { title: "items", align: "right" }],
      [
        ...outcomes.map(([outcome, n]) => [outcome, count(n)]),
        ...(progress.remaining > 0 ? [["not yet", count(progress.remaining)]] : []),
        ["in all", count(progress.total)],
      ],
    ),
    ...distributions(job),
    ...reasons(job),
    `${count(progress.calls)} calls, ${count(progress.retries)} retries, ${count(progress.reused)} replies reused`,
    `${count(progress.inputTokens)} tokens in, ${count(progress.outputTokens)} out, cost ${money(progress.cost)}`,
    ...describeBudget(job),
    `${duration(progress.seconds)}, ${progress.itemsPerSecond.toFixed(1)} items/s`,
    "",
  ].join("\n");
}

const distributions = ({ progress }: Job): string[] =>
  Object.entries(progress.distribution).map(([label, values]) =>
    table(
      [
        { title: label, width: 40 },
        { title: "labels", align: "right" },
      ],
      Object.entries(values)
        .sort(([, a], [, b]) => b - a)
        .map(([value, n]) => [value, count(n)]),
    ),
  );

const reasons = ({ progress }: Job): string[] => {
  const rows = Object.entries(progress.reasons).sort(([, a], [, b]) => b - a);
  return rows.length === 0
    ? []
    : [
        table(
          [{ title: "without a label because" }, { title: "items", align: "right" }],
          rows.map(([reason, n]) => [reason, count(n)]),
        ),
      ];
};
