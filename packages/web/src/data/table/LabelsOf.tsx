import type { Label, LabelDefinition } from "@countersign/core";
import { PromptAndReply } from "../../calls/PromptAndReply.tsx";
import { When } from "../../format/When.tsx";
import { LabelChip } from "../../label/LabelChip.tsx";
import styles from "./Facts.module.css";

export interface LabelsOfProps {
  readonly project: string;
  readonly labels: readonly Label[];
  readonly definitions: readonly LabelDefinition[];
}

/** Every label of a record with who made it. */
export function LabelsOf({ project, labels, definitions }: LabelsOfProps) {
  if (labels.length === 0) return null;
  return (
    <section>
      <h2 className={styles.name}>Labels</h2>
      <dl className={styles.facts}>
        {labels.map((label) => (
          <div key={label.id} className={styles.fact}>
            <dt>
              {definitions.length > 1 && `${label.name}, `}
              {label.annotator.name}
            </dt>
            <dd>
              <LabelChip
                definition={definitions.find(({ name }) => name === label.name)}
                label={label}
              />{" "}
              <span className={styles.aside}>
                {label.metadata.model}{" "}
                {label.verified ? `${label.status} by ${label.verified.by} ` : ""}
                <When at={label.verified?.at ?? label.createdAt} />
              </span>
              {label.annotator.kind === "job" && (
                <PromptAndReply project={project} label={label.id} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
