import { explainReason, type Job } from "@countersign/core";
import { count, duration } from "../figures.ts";
import { printable, table } from "../table.ts";
import {
  describeBatches,
  describeBudget,
  describeCalls,
  describeEnd,
  describePace,
  describeSpend,
  describeStages,
} from "./lines.ts";

/** A job in some lines: what became of its items, its labels, what it took. */
export function describeJob(job: Job): string {
  const { progress } = job;
  const outcomes = Object.entries(progress.outcomes).filter(([, n]) => n > 0);
  const end = describeEnd(progress);
  const batches = describeBatches(job);
  return [
    `job ${job.id}: ${job.state}, agent ${job.agent.name}, model ${job.agent.model}${job.simulated ? " (simulated: recorded answers, no model was called)" : ""}`,
    ...(job.pause === null
      ? []
      : [`paused: ${printable(job.pause.what)}`, `next:   ${printable(job.pause.next)}`]),
    `stages: ${describeStages(progress)}`,
    ...(batches === undefined ? [] : [`batches: ${batches}`]),
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
    describeCalls(progress),
    `${count(progress.inputTokens)} tokens in, ${count(progress.outputTokens)} out, ${describeSpend({ ...job, progress: { ...progress, budget: [] } })}`,
    ...describeBudget(progress),
    `${duration(progress.seconds)}, ${describePace(job)}`,
    ...(end === undefined ? [] : [`ends ${end}`]),
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
          [
            { title: "without a label because" },
            { title: "items", align: "right" },
            { title: "that is" },
          ],
          rows.map(([reason, n]) => [reason, count(n), explainReason(reason).says]),
        ),
      ];
};
