import type { Budget, JobEstimate, Range } from "@countersign/core";
import { count, counted, dollars, wholePercent } from "../../format/number.ts";
import { duration } from "../../format/time.ts";
import styles from "./Estimate.module.css";

export interface EstimateProps {
  readonly estimate: JobEstimate;
  readonly budget: Budget;
}

/** What a job would take, beside the button that starts it; and how far its budget would reach. */
export function Estimate({ estimate, budget }: EstimateProps) {
  const { usd, seconds, inputTokens, outputTokens, reused, pilot } = estimate;
  const reach = reachOf(estimate, budget);
  return (
    <dl className={styles.estimate} aria-label="Estimate">
      <div>
        <dt>Cost</dt>
        <dd>{usd === null ? "price unknown" : <About range={usd} written={dollars} />}</dd>
      </div>
      <div>
        <dt>Time</dt>
        <dd>
          <About range={seconds} written={duration} />
        </dd>
      </div>
      <div>
        <dt>Tokens in</dt>
        <dd>
          <About range={inputTokens} written={count} />
        </dd>
      </div>
      <div>
        <dt>Tokens out</dt>
        <dd>
          <About range={outputTokens} written={count} />
        </dd>
      </div>
      <div className={styles.aside}>
        <dt className="spoken">Reckoned</dt>
        <dd>
          {reach < 1 && (
            <strong className={styles.short}>
              The budget would reach for about {wholePercent(reach)} of it.{" "}
            </strong>
          )}
          {reused > 0 &&
            `${counted(reused, "record")} ${reused === 1 ? "is" : "are"} answered already, at no cost. `}
          {pilot === null
            ? "A pilot of a hundred records would tell it better."
            : `By the replies of job ${pilot}.`}
        </dd>
      </div>
    </dl>
  );
}

interface AboutProps {
  readonly range: Range;
  readonly written: (n: number) => string;
}

/** The likely amount, and between what it lies. */
function About({ range: { low, likely, high }, written }: AboutProps) {
  if (written(low) === written(high)) return written(likely);
  return (
    <>
      {written(likely)}{" "}
      <span className={styles.between}>
        {written(low)} to {written(high)}
      </span>
    </>
  );
}

/** The share of the job that its budget would likely pay for; 1 where it is enough. */
function reachOf({ usd, inputTokens, outputTokens, records }: JobEstimate, budget: Budget): number {
  const tokens = inputTokens.likely + outputTokens.likely;
  const parts = [
    [budget.usd, usd?.likely ?? 0],
    [budget.tokens, tokens],
    [budget.records, records],
  ] as const;
  return Math.min(
    1,
    ...parts.map(([bound, needed]) =>
      bound === undefined || needed === 0 ? 1 : Math.min(1, bound / needed),
    ),
  );
}
