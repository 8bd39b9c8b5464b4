import type { LabelDefinition } from "@countersign/core";
import { count, percent } from "../../format/number.ts";
import { OptionMark } from "../../label/OptionMark.tsx";
import { optionColour } from "../../label/option-colour.ts";
import { optionOf } from "../../label/value.ts";
import styles from "./Distribution.module.css";

export interface DistributionProps {
  readonly name: string;
  readonly definition: LabelDefinition | undefined;
  /** Value → labels. */
  readonly counts: Readonly<Record<string, number>>;
}

/** How often each option was chosen, in schema order: hollow bars, for a machine chose them. */
export function Distribution({ name, definition, counts }: DistributionProps) {
  const inSchema = definition?.options.map(({ value }) => value) ?? [];
  const values = [...inSchema, ...Object.keys(counts).filter((value) => !inSchema.includes(value))];
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const most = Math.max(1, ...Object.values(counts));
  return (
    <section>
      <h2>{name}</h2>
      <table className={styles.bars} aria-label={`Labels of ${name}`}>
        <tbody>
          {values.map((value) => {
            const { option, place } = optionOf(definition, value);
            const n = counts[value] ?? 0;
            return (
              <tr key={value}>
                <th scope="row">
                  <span className={styles.option}>
                    <OptionMark place={place} />
                    <span className={styles.text} title={option.text}>
                      {option.text}
                    </span>
                  </span>
                </th>
                <td className={styles.track}>
                  <span
                    className={styles.bar}
                    style={{ width: `${(n / most) * 100}%`, borderColor: optionColour(place) }}
                    data-empty={n === 0 || undefined}
                  />
                </td>
                <td className={styles.n}>{count(n)}</td>
                <td className={styles.share}>{all > 0 && percent(n / all)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
