import {
  type BatchProgress,
  type BudgetUse,
  explainHeldBy,
  isAtRest,
  type Job,
  type JobLive,
  type JobProgress,
} from "@countersign/core";
import type { ReactNode } from "react";
import { count, counted, dollars, rate, wholePercent } from "../../format/number.ts";
import { duration } from "../../format/time.ts";
import styles from "./Figures.module.css";

/** What the job takes: speed, calls at once, repeated calls, money and tokens, time. */
export function Figures({ job: { state, progress, batches } }: { readonly job: Job }) {
  const { itemsPerSecond, seconds, inputTokens, outputTokens, live, calls } = progress;
  const rests = isAtRest(state);
  return (
    <dl className={styles.figures} aria-label="Figures">
      <Figure name="Rate" value={`${rate(itemsPerSecond)} a second`}>
        {rests ? "on the whole" : "over the last seconds"}
      </Figure>
      {live && (
        <Figure name="Calls at once" value={`${count(live.underWay)} of ${count(live.allowed)}`}>
          <HeldBy live={live} />
        </Figure>
      )}
      {batches && <Batches batches={batches} />}
      <Figure name="Calls" value={count(calls)}>
        <Retries progress={progress} />
      </Figure>
      <Figure name="Spend" value={spendOf(progress)}>
        <Expected progress={progress} />
        {progress.budget.map((use) => (
          <Budget key={use.kind} use={use} />
        ))}
      </Figure>
      <Figure name="Tokens" value={`${count(inputTokens)} in`}>
        {`${count(outputTokens)} out`}
      </Figure>
      <Figure name="Time" value={duration(seconds)}>
        {rests ? "of work" : "so far"}
      </Figure>
    </dl>
  );
}

/** How many of the batches are under way, else how many there were, and what they have come to. */
function Batches({ batches }: { readonly batches: BatchProgress }) {
  const { submitting, underWay, ended, requests, answered, failed } = batches;
  const open = submitting + underWay;
  return (
    <Figure name="Batches" value={open > 0 ? `${count(open)} under way` : `${count(ended)} ended`}>
      {`${count(answered)} of ${counted(requests, "request")} answered`}
      {failed > 0 && `, ${count(failed)} failed`}
    </Figure>
  );
}

/** What holds the calls back just now. */
function HeldBy({ live: { workers } }: { readonly live: JobLive }) {
  const held = workers.find(({ heldBy }) => heldBy !== null)?.heldBy;
  return held ? explainHeldBy(held) : "nothing holds them back";
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  /** What is to be known of it, beneath. */
  readonly children?: ReactNode;
}

const Figure = ({ name, value, children }: FigureProps) => (
  <div className={styles.figure}>
    <dt>{name}</dt>
    <dd>{value}</dd>
    {children && <dd className={styles.beneath}>{children}</dd>}
  </div>
);

const spendOf = ({ cost }: JobProgress): string =>
  cost === null ? "price unknown" : dollars(cost);

function Retries({ progress: { retries, retriesBy } }: { readonly progress: JobProgress }) {
  const causes = Object.entries(retriesBy).toSorted(([, a], [, b]) => b - a);
  return (
    <>
      {counted(retries, "retry", "retries")}
      {causes.length > 0 && ": "}
      {causes.map(([cause, n]) => `${cause} ${count(n)}`).join(", ")}
    </>
  );
}

/** What it will have cost at the end, while there is something to come. */
function Expected({ progress }: { readonly progress: JobProgress }) {
  const { expectedCost, cost, remaining } = progress;
  if (!expectedCost || !cost || remaining === 0) return null;
  return <span className={styles.line}>of about {dollars(expectedCost)}</span>;
}

/** How much of a part of the budget is used, as a share and a bar. */
function Budget({ use: { kind, used, of, share } }: { readonly use: BudgetUse }) {
  const written = kind === "usd" ? dollars : count;
  const unit = kind === "usd" ? "" : ` ${kind}`;
  return (
    <span className={styles.line}>
      {wholePercent(share)} of {written(of)}
      {unit}
      <progress
        className={styles.budget}
        aria-label={`Budget used: ${written(used)} of ${written(of)}${unit}`}
        value={Math.min(1, share)}
        max={1}
        data-tight={share >= 0.9 || undefined}
      />
    </span>
  );
}
