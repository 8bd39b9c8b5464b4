import type { JobProgress } from "@countersign/core";
import { count, dollars, rate } from "../../format/number.ts";
import { duration } from "../../format/time.ts";
import styles from "./Figures.module.css";

/** What the job takes: speed, time, tokens, money. */
export function Figures({ progress }: { readonly progress: JobProgress }) {
  const { itemsPerSecond, seconds, inputTokens, outputTokens, cost } = progress;
  const figures = [
    ["Rate", `${rate(itemsPerSecond)} a second`],
    ["Time", duration(seconds)],
    ["Tokens in", count(inputTokens)],
    ["Tokens out", count(outputTokens)],
    ["Cost", cost === null ? "price unknown" : dollars(cost)],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
