import type { AnnotatorPair, Condition, Disagreement } from "@countersign/core";
import { Link } from "@tanstack/react-router";
import { count, counted, interval, measured } from "../../format/number.ts";
import { Simulated } from "../../label/Simulated.tsx";
import { annotatorWords } from "../filter/words.ts";
import type { DataSearch } from "../search.ts";
import styles from "./Matrix.module.css";
import { referenceOf } from "./reference.ts";

type Compared = Disagreement["annotators"][number];

export interface MatrixProps {
  readonly project: string;
  readonly disagreement: Disagreement;
  /** The jobs whose model is simulated. */
  readonly simulated: ReadonlySet<number>;
  /** The data page's address with one condition more, in place of the matrix. */
  readonly narrowed: (condition: Condition) => DataSearch;
}

/** Every two annotators once: how often they disagree, leading to the records on which they do. */
export function Matrix({ project, disagreement, simulated, narrowed }: MatrixProps) {
  const { label, annotators, pairs } = disagreement;
  const across = annotators.slice(0, -1);
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix} aria-label={`Disagreement on ${label}`}>
        <thead>
          <tr>
            <td />
            {across.map((annotator) => (
              <th key={annotator.id} scope="col">
                <Named annotator={annotator} simulated={simulated} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {annotators.slice(1).map((row, place) => (
            <tr key={row.id}>
              <th scope="row">
                <Named annotator={row} simulated={simulated} />
              </th>
              {across.map((column, at) => {
                if (at > place) return <td key={column.id} />;
                const pair = pairs.find(({ one, other }) => one === column.id && other === row.id);
                if (!pair)
                  return (
                    <td key={column.id} className={styles.none}>
                      no record in common
                    </td>
                  );
                return (
                  <td key={column.id}>
                    <Cell
                      project={project}
                      pair={pair}
                      between={[column, row]}
                      to={narrowed({
                        conflict: { label, among: [referenceOf(column), referenceOf(row)] },
                      })}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Named({
  annotator,
  simulated,
}: {
  readonly annotator: Compared;
  readonly simulated: ReadonlySet<number>;
}) {
  return (
    <>
      {annotatorWords(referenceOf(annotator))}{" "}
      {annotator.job !== null && simulated.has(annotator.job) && <Simulated />}
      <span className={styles.aside}>{counted(annotator.labels, "label")}</span>
    </>
  );
}

interface CellProps {
  readonly project: string;
  readonly pair: AnnotatorPair;
  readonly between: readonly [Compared, Compared];
  readonly to: DataSearch;
}

function Cell({ project, pair: { agreement, kappa }, between, to }: CellProps) {
  const { hits, n } = agreement;
  const [one, other] = between.map((annotator) => annotatorWords(referenceOf(annotator)));
  const told = (
    <>
      <strong className={styles.n}>{count(n - hits)}</strong> of {count(n)}
    </>
  );
  return (
    <>
      {hits === n ? (
        <span className={styles.count}>{told}</span>
      ) : (
        <Link
          to="/p/$project/data"
          params={{ project }}
          search={to}
          className={styles.count}
          aria-label={`${one} and ${other} disagree on ${count(n - hits)} of ${counted(n, "record")}: show them`}
        >
          {told}
        </Link>
      )}
      <span className={styles.aside} title={`95 % interval: ${interval(agreement)}`}>
        {measured(agreement)} agree
        {kappa !== null && `, κ ${kappa.toFixed(2)}`}
      </span>
    </>
  );
}
