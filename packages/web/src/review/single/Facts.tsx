import type { Label, RecordDetail } from "@countersign/core";
import { PromptAndReply } from "../../calls/PromptAndReply.tsx";
import { When } from "../../format/When.tsx";
import { ConfidenceBar } from "../../label/ConfidenceBar.tsx";
import { ConfidenceNumber } from "../../label/ConfidenceNumber.tsx";
import { LabelChip } from "../../label/LabelChip.tsx";
import { Simulated } from "../../label/Simulated.tsx";
import type { Item } from "../queue/item.ts";
import { nameOf, type Subject } from "../use-subject.ts";
import styles from "./Facts.module.css";
import { History } from "./History.tsx";
import { Metadata } from "./Metadata.tsx";

export interface FactsProps {
  readonly project: string;
  readonly item: Item;
  readonly label: Label;
  readonly subject: Subject;
  /** Undefined while it is on its way. */
  readonly detail: RecordDetail | undefined;
  /** Whether what others say, the machine included, is hidden until the person has decided. */
  readonly hidden: boolean;
}

/** What else is known of the record in hand. */
export function Facts({ project, item, label, subject, detail, hidden }: FactsProps) {
  return (
    <aside className={styles.facts} aria-label="About this record">
      {hidden ? (
        <p className={styles.hidden}>
          What the model and others say is hidden until you have decided. <kbd>B</kbd> shows it.
        </p>
      ) : (
        <>
          <Machine project={project} label={label} subject={subject} />
          <Others item={item} detail={detail} subject={subject} />
        </>
      )}
      <section>
        <h2>Record</h2>
        <p className={styles.key}>{item.record.key}</p>
        <Metadata metadata={item.record.metadata} />
      </section>
      {!hidden && detail && (
        <History
          verifications={detail.verifications}
          former={detail.former}
          label={label.id}
          definition={subject.reviewed.definition}
        />
      )}
    </aside>
  );
}

function Machine({
  project,
  label,
  subject: {
    machine: { job, name },
  },
}: Pick<FactsProps, "project" | "label" | "subject">) {
  const model = label.metadata.model ?? job?.agent.model ?? name;
  return (
    <section>
      <h2>Model</h2>
      <p className={styles.model}>
        {model} {(label.metadata.simulated ?? job?.simulated) && <Simulated />}
      </p>
      <p className={styles.soft}>
        {job && job.agent.name !== model && `${job.agent.name} · `}
        {job ? `job ${job.id}` : "came with an import"} · <When at={label.createdAt} />
      </p>
      <div className={styles.confidence}>
        <span>confidence</span>
        <ConfidenceNumber value={label.confidence} />
      </div>
      <ConfidenceBar value={label.confidence} />
      {job && (
        <div className={styles.source}>
          <PromptAndReply project={project} label={label.id} />
        </div>
      )}
    </section>
  );
}

function Others({ item, detail, subject }: Pick<FactsProps, "item" | "detail" | "subject">) {
  const others =
    detail?.labels.filter(
      ({ id, name, annotator }) =>
        id !== item.label.id && name === item.label.name && annotator.kind !== "gold",
    ) ?? item.others;
  if (others.length === 0) return null;
  return (
    <section>
      <h2>Others</h2>
      <ul className={styles.others}>
        {others.map((other) => (
          <li key={other.id}>
            <span className={styles.name}>{nameOf(subject, other.annotator)}</span>
            <LabelChip definition={subject.reviewed.definition} label={other} />
          </li>
        ))}
      </ul>
    </section>
  );
}
