import type { JobSample, LabelDefinition } from "@countersign/core";
import { explainReason } from "@countersign/core";
import { ModelCalls } from "../../calls/ModelCalls.tsx";
import { Passage } from "../../calls/Passage.tsx";
import { counted } from "../../format/number.ts";
import { Chips } from "../../label/Chips.tsx";
import { Simulated } from "../../label/Simulated.tsx";
import styles from "./Samples.module.css";

export interface SamplesProps {
  readonly samples: readonly JobSample[];
  readonly definitions: readonly LabelDefinition[];
}

/** The first records from prompt to label, each to be unfolded. */
export function Samples({ samples, definitions }: SamplesProps) {
  if (samples.length === 0) return null;
  return (
    <section className={styles.samples}>
      <h2>From prompt to label</h2>
      <p className={styles.what}>The first records, in the order in which they are asked.</p>
      {samples.map((sample) => (
        <details key={sample.record.id} className={styles.sample}>
          <summary>
            <span className={styles.key}>{sample.record.key}</span>
            <Ended sample={sample} definitions={definitions} />
            {sample.calls.some(({ simulated }) => simulated) && <Simulated />}
          </summary>
          <div className={styles.inside}>
            {sample.calls.length > 0 ? (
              <ModelCalls calls={sample.calls} system="shown" />
            ) : (
              <Asked prompt={sample.prompt} />
            )}
            <p className={styles.what}>{readOf(sample)}</p>
          </div>
        </details>
      ))}
    </section>
  );
}

/** What it came to, at a glance. */
function Ended({ sample: { outcome, reason, labels }, definitions }: SampleProps) {
  if (labels.length > 0)
    return labels.map(({ id, name, value }) => (
      <Chips
        key={id}
        definition={definitions.find((definition) => definition.name === name)}
        value={value}
        hand="machine"
      />
    ));
  if (outcome === null) return <span className={styles.what}>not answered yet</span>;
  return (
    <span className={styles.what}>{reason === null ? outcome : explainReason(reason).says}</span>
  );
}

interface SampleProps {
  readonly sample: JobSample;
  readonly definitions: readonly LabelDefinition[];
}

const Asked = ({ prompt: { system, user } }: Pick<JobSample, "prompt">) => (
  <div>
    {system !== null && <Passage name="System" text={system} />}
    <Passage name="User" text={user} />
  </div>
);

/** How the labels were read, or why there are none. */
const readOf = ({ labels, message, attempts }: JobSample): string =>
  [
    ...labels.map(
      ({ name, rule, confidence }) =>
        `${name} read${rule === null ? "" : ` by ${rule}`}${confidence === null ? "" : `, confidence ${confidence.toFixed(2)}`}`,
    ),
    ...(message ? [message] : []),
    ...(attempts > 0 ? [counted(attempts, "call")] : []),
  ].join(" · ");
