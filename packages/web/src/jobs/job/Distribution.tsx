import { countedValues, type LabelDefinition } from "@countersign/core";
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

const byNumber = (a: string, b: string): number => Number.parseFloat(a) - Number.parseFloat(b);

/**
 * How often each option or number was given, in schema order, of other numbers how often each range of them; of a ranking
 * what stands first. Hollow bars, for a machine chose them.
 */
export function Distribution({ name, definition, counts }: DistributionProps) {
  const inSchema = definition ? countedValues(definition) : [];
  const others = Object.keys(counts).filter((value) => !inSchema.includes(value));
  // Ranges of numbers stand in their order.
  const values = [...inSchema, ...(definition?.kind === "number" ? others.sort(byNumber) : others)];
  if (definition?.kind === "text")
    return (
      <section>
        <h2>{name}</h2>
        <p>Texts are not counted one by one. Read them in review.</p>
      </section>
    );
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
                    <OptionMark place={place} colour={option.colour} />
                    <span className={styles.text} title={option.text}>
                      {option.text}
                    </span>
                  </span>
                </th>
                <td className={styles.track}>
                  <span
                    className={styles.bar}
                    style={{
                      width: `${(n / most) * 100}%`,
                      borderColor: optionColour(place, option.colour),
                    }}
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
