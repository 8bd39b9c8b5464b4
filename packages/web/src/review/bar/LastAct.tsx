import type { LabelDefinition } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { counted } from "../../format/number.ts";
import { Chips } from "../../label/Chips.tsx";
import { excerpt } from "../../text/excerpt.ts";
import type { Queue } from "../queue/use-queue.ts";
import type { Act } from "../session/act.ts";
import type { Desk } from "../session/desk.ts";
import { useSession } from "../session/use-session.ts";
import { verdictOn } from "../session/verdict.ts";
import styles from "./LastAct.module.css";

export interface LastActProps {
  readonly desk: Desk;
  readonly queue: Queue;
  readonly definition: LabelDefinition;
  readonly onUndo: () => void;
}

/** What was decided last, still readable when the next record is there, with its undo. */
export function LastAct({ desk, queue, definition, onUndo }: LastActProps) {
  const last = useSession(desk, ({ acts }) => acts.at(-1));
  return (
    <div className={styles.strip}>
      {last && (
        <>
          <Said act={last} queue={queue} definition={definition} />
          <UnstyledButton
            className={styles.undo}
            onClick={onUndo}
            onMouseDown={(event) => event.preventDefault()}
          >
            ⟲ undo <kbd>U</kbd>
          </UnstyledButton>
        </>
      )}
    </div>
  );
}

interface SaidProps {
  readonly act: Act;
  readonly queue: Queue;
  readonly definition: LabelDefinition;
}

function Said({ act, queue, definition }: SaidProps) {
  const [first, second] = act.judgements;
  if (!first) return null;
  const confirms = verdictOn(first.suggested, first.value) === "CONFIRMS";
  if (second)
    return (
      <span className={styles.words}>
        {confirms ? "Confirmed" : "Judged"} {counted(act.judgements.length, "label")}
      </span>
    );
  const place = queue.placeOf(first.record);
  const item = place === undefined ? undefined : queue.items[place];
  return (
    <>
      <span className={styles.verb}>{confirms ? "Confirmed" : "Corrected to"}</span>
      <Chips hand="person" value={first.value} definition={definition} />
      {!confirms && <Chips hand="overruled" value={first.suggested} definition={definition} />}
      <span className={styles.text} dir="auto">
        {item ? excerpt(item.record.content, undefined, 200) : first.key}
      </span>
    </>
  );
}
