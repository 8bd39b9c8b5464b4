import type { KindMeasures } from "@countersign/core";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/ClientProvider.tsx";
import { count, interval, measured } from "../../format/number.ts";
import { againstGold } from "../queries.ts";
import styles from "./Figures.module.css";

export interface AgainstGoldProps {
  readonly project: string;
  readonly job: number;
  readonly label: string;
}

const figure = (value: number | null): string => value?.toFixed(2) ?? "–";

/** How near the labels are, where more than right and wrong is to be told. */
function nearness(measures: KindMeasures | null): (readonly [name: string, value: string])[] {
  switch (measures?.kind) {
    case "number":
      return [
        ["Mean absolute error", figure(measures.meanAbsoluteError)],
        ...(measures.withinStep
          ? [["Within one step", measured(measures.withinStep)] as const]
          : []),
      ];
    case "ranking":
      return [["Kendall’s tau", figure(measures.kendallTau)]];
    case "text":
      return [
        ["ROUGE-1 F1", figure(measures.rouge1)],
        ["ROUGE-2 F1", figure(measures.rouge2)],
        ["ROUGE-L F1", figure(measures.rougeL)],
      ];
    case "span":
      return [
        ["F1, exact spans", figure(measures.exact.f1)],
        ["F1, overlapping", figure(measures.overlap.f1)],
      ];
    default:
      return [];
  }
}

/** How right the labels are where the truth came with the data; nothing where it did not. */
export function AgainstGold({ project, job, label }: AgainstGoldProps) {
  const { data } = useQuery(againstGold(useClient(), project, job, label));
  if (!data || data.accuracy.n === 0) return null;
  return (
    <section>
      <h3>Against gold</h3>
      <dl className={styles.figures}>
        {[data.accuracy, data.coverage].map((share, index) => (
          <div key={index === 0 ? "accuracy" : "coverage"}>
            <dt>{index === 0 ? "Accuracy" : "Coverage"}</dt>
            <dd title={`95 % interval: ${interval(share)}`}>
              {measured(share)}, {count(share.hits)} of {count(share.n)}
            </dd>
          </div>
        ))}
        {nearness(data.measures).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {data.kappa !== null && (
          <div>
            <dt>Cohen’s kappa</dt>
            <dd>{data.kappa.toFixed(2)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
