import styles from "./Facts.module.css";

export interface FactsProps {
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Named values as they are; nothing where there are none. */
export function Facts({ name, facts }: FactsProps) {
  const entries = Object.entries(facts);
  if (entries.length === 0) return null;
  return (
    <section>
      <h2 className={styles.name}>{name}</h2>
      <dl className={styles.facts}>
        {entries.map(([fact, value]) => (
          <div key={fact} className={styles.fact}>
            <dt>{fact === "" ? "(unnamed)" : fact}</dt>
            <dd dir="auto">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
