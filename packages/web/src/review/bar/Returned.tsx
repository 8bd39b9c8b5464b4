import { Button } from "@mantine/core";
import { counted } from "../../format/number.ts";
import type { Desk } from "../session/desk.ts";
import { acknowledged } from "../session/session.ts";
import { useSession } from "../session/use-session.ts";
import styles from "./Returned.module.css";

export interface ReturnedProps {
  readonly desk: Desk;
  readonly onOpen: (record: number) => void;
  /** What was given. */
  readonly noun?: "verdict" | "label";
}

/** Verdicts the server would not take, with its reason and the way to the record. */
export function Returned({ desk, onOpen, noun = "verdict" }: ReturnedProps) {
  const returned = useSession(desk, (session) => session.returned);
  return returned.map(({ act, why }) => {
    const close = () => desk.session.update((session) => acknowledged(session, act.id));
    const [first] = act.judgements;
    return (
      <section key={act.id} className={styles.returned} role="alert">
        <p>
          <strong>{counted(act.judgements.length, noun)} not stored.</strong> {why}
        </p>
        <div className={styles.acts}>
          {first && act.judgements.length === 1 && (
            <Button size="xs" variant="default" onClick={() => onOpen(first.record)}>
              See the record
            </Button>
          )}
          <Button size="xs" variant="subtle" onClick={close}>
            Leave it
          </Button>
        </div>
      </section>
    );
  });
}
