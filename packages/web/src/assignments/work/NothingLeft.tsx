import type { Turn } from "@countersign/core";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useCommands } from "../../command/commands.tsx";
import { count, counted } from "../../format/number.ts";
import styles from "./Work.module.css";

export interface NothingLeftProps {
  readonly project: string;
  readonly assignment: string;
  readonly turn: Turn;
  readonly onAgain: () => void;
  readonly onBack: () => void;
}

/** Nothing is handed out: what was done, why that is all, what to do next. */
export function NothingLeft({ project, assignment, turn, onAgain, onBack }: NothingLeftProps) {
  const { done, skipped, held, left } = turn;
  useCommands("At the end", [
    { what: "Back to the last record", keys: ["ArrowLeft", "Backspace"], run: onBack },
  ]);
  return (
    <section className={styles.end}>
      <h2>Nothing left for you.</h2>
      <p>
        You have done {counted(done, "record")}
        {skipped > 0 && `; you passed over ${count(skipped)}`}.
      </p>
      {held + left > 0 && (
        <p>
          Others have {counted(held + left, "record")} in hand. What they give back comes to you:
          this page looks for it.
        </p>
      )}
      <div className={styles.next}>
        {skipped > 0 && <Button onClick={onAgain}>See the {count(skipped)} skipped</Button>}
        <Button
          variant={skipped > 0 ? "default" : "filled"}
          renderRoot={(props) => (
            <Link
              {...props}
              to="/p/$project/assignments/$assignment"
              params={{ project, assignment }}
            />
          )}
        >
          See how far everybody is
        </Button>
      </div>
    </section>
  );
}
