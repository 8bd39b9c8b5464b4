import type { Assignment } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { Chips } from "../../label/Chips.tsx";
import styles from "../../review/bar/LastAct.module.css";
import type { Desk } from "../../review/session/desk.ts";
import { useSession } from "../../review/session/use-session.ts";
import { excerpt } from "../../text/excerpt.ts";
import type { Asking, Numbering, Slot } from "./slots.ts";
import { verb } from "./words.ts";

export interface LastAnswerProps {
  readonly desk: Desk;
  readonly assignment: Pick<Assignment, "mode" | "suggestion">;
  readonly asking: Asking;
  readonly slots: readonly Slot[];
  readonly numbering: Numbering;
  readonly onUndo: () => void;
}

/** What was decided last, still readable when the next record is there, with its undo. */
export function LastAnswer({
  desk,
  assignment,
  asking,
  slots,
  numbering,
  onUndo,
}: LastAnswerProps) {
  const last = useSession(desk, ({ acts }) => acts.at(-1));
  const [judgement] = last?.judgements ?? [];
  if (!judgement) return <div className={styles.strip} />;
  const { record: id, key, value, suggested } = judgement;
  const name = numbering.placeOf(id)?.name;
  const definition = asking.definitions.find((one) => one.name === name);
  const slot = slots.find((one) => one.id === id);
  const done = verb(assignment, suggested, value);
  return (
    <div className={styles.strip}>
      <span className={styles.verb}>{done.charAt(0).toUpperCase() + done.slice(1)}</span>
      <Chips hand="person" value={value} definition={definition} />
      {done === "corrected to" && (
        <Chips hand="overruled" value={suggested} definition={definition} />
      )}
      <span className={styles.text} dir="auto">
        {slot ? excerpt(slot.item.record.content, undefined, 200) : key}
      </span>
      <UnstyledButton
        className={styles.undo}
        onClick={onUndo}
        onMouseDown={(event) => event.preventDefault()}
      >
        ⟲ undo <kbd>U</kbd>
      </UnstyledButton>
    </div>
  );
}
