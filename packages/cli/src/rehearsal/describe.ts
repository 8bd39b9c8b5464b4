import { count, duration, money } from "../figures.ts";
import { table } from "../table.ts";
import type { RehearsedJob } from "./rehearsal.ts";

/** A rehearsal in words and figures. It says first that nothing of it happened. */
export function describeRehearsal(job: RehearsedJob): string {
  const { seconds, items, outcomes, pause } = job;
  const done = items - outcomes["not-asked"];
  return [
    "A rehearsal in simulated time: no model was called, nothing was spent.",
    "",
    pause === null
      ? `${count(items)} items would take ${duration(seconds)}.`
      : `After ${duration(pause.atSeconds)}, with ${count(done)} of ${count(items)} items done, it would pause: ${why(pause)}`,
    "",
    table([{ title: "simulated" }, { title: "" }], figures(job, done)),
    table(
      [
        { title: "from", align: "right" },
        { title: "items/s", align: "right" },
        { title: "calls at once", align: "right" },
        { title: "calls", align: "right" },
        { title: "turned away", align: "right" },
      ],
      job.slices.map((slice) => [
        duration(slice.from),
        figure(slice.itemsPerSecond),
        figure(slice.concurrency),
        count(slice.calls),
        count(slice.turnedAway),
      ]),
    ),
    "One worker, alone on the account. This machine's own work and the network's way are not in it.",
    "",
  ].join("\n");
}

function figures(job: RehearsedJob, done: number): string[][] {
  const { seconds, calls, retries, turnedAway, used, concurrency } = job;
  const causes = Object.entries(job.failedCalls);
  const shareOf = (kind: string, share: number | null) =>
    share === null ? [] : [[`${kind} used`, `${percent(share)} of those allowed`]];
  return [
    ["speed", `${figure(seconds === 0 ? 0 : done / seconds)} items a second on the average`],
    ["calls", `${count(calls)}, of them ${count(retries)} for an item called for before`],
    [
      "failed calls",
      causes.length === 0 ? "none" : causes.map(([cause, n]) => `${cause} ${count(n)}`).join(", "),
    ],
    ["turned away", `${percent(turnedAway.share)} of the calls`],
    ...shareOf("requests", used.requests),
    ...shareOf("tokens", used.tokens),
    ["at once", `settled at ${figure(concurrency.settled)} calls, ${concurrency.most} at most`],
    ["tokens", `${count(job.inputTokens)} in, ${count(job.outputTokens)} out`],
    ["cost", money(job.usd)],
    [
      "items end as",
      Object.entries(job.outcomes)
        .filter(([, n]) => n > 0)
        .map(([outcome, n]) => `${outcome} ${count(n)}`)
        .join(", "),
    ],
  ];
}

const why = ({ reason, what }: NonNullable<RehearsedJob["pause"]>): string =>
  reason === "budget" ? `the budget of ${what} is used up.` : `${reason}. “${what}”`;

const figure = (n: number): string =>
  n >= 100 ? count(Math.round(n)) : n.toFixed(n >= 10 ? 1 : 2);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
