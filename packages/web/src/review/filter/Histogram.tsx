import type { LabelSummary } from "@countersign/core";
import { counted } from "../../format/number.ts";
import styles from "./Histogram.module.css";
import { type Counted, useLabelSummary } from "./use-label-summary.ts";

export interface HistogramProps {
  readonly of: Counted;
  readonly from: number;
  readonly below: number;
}

const height = 56;
const step = 10;

/**
 * How confident the machine was, label by label: a bar for each twentieth, hollow as the machine's labels are, solid as far
 * as people have verified them. Bars outside the bounds are faint.
 */
export function Histogram({ of, from, below }: HistogramProps) {
  const summary = useLabelSummary(of);
  return (
    <figure className={styles.figure}>
      {summary && <Bars summary={summary} from={from} below={below} />}
    </figure>
  );
}

interface BarsProps extends Omit<HistogramProps, "of"> {
  readonly summary: LabelSummary;
}

function Bars({ summary, from, below }: BarsProps) {
  const { histogram, verified, unmeasured } = summary;
  const most = Math.max(1, ...histogram);
  const bins = histogram.length;
  return (
    <>
      <svg
        viewBox={`0 0 ${bins * step} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={inWords(summary)}
      >
        {histogram.map((n, bin) => {
          const start = bin / bins;
          const inside = start >= from - 1e-9 && start < below - 1e-9;
          const tall = (n / most) * (height - 2);
          const solid = ((verified[bin] ?? 0) / most) * (height - 2);
          return (
            <g key={start} className={inside ? styles.inside : styles.outside}>
              {n > 0 && (
                <rect
                  className={styles.hollow}
                  x={bin * step + 1}
                  y={height - 1 - tall}
                  width={step - 2}
                  height={tall}
                />
              )}
              {solid > 0 && (
                <rect
                  className={styles.solid}
                  x={bin * step + 1}
                  y={height - 1 - solid}
                  width={step - 2}
                  height={solid}
                />
              )}
            </g>
          );
        })}
      </svg>
      {unmeasured > 0 && (
        <figcaption>{counted(unmeasured, "label")} without a confidence</figcaption>
      )}
    </>
  );
}

function inWords({ histogram, verified }: LabelSummary): string {
  const bins = histogram.length;
  const said = histogram.flatMap((n, bin) =>
    n === 0
      ? []
      : `${(bin / bins).toFixed(2)} to ${((bin + 1) / bins).toFixed(2)}: ${n}, ${verified[bin] ?? 0} verified`,
  );
  return `Labels by confidence. ${said.join("; ")}`;
}
