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
