import { wilson } from "@countersign/core";
import { Button } from "@mantine/core";
import { useCommands } from "../../command/commands.tsx";
import { count, counted, interval, percent } from "../../format/number.ts";
import type { Filter } from "../search/review-search.ts";
import { agreement } from "../session/agreement.ts";
import type { Desk } from "../session/desk.ts";
import { useSession } from "../session/use-session.ts";
import styles from "./Done.module.css";

export interface DoneProps {
  readonly desk: Desk;
  readonly filter: Filter;
  readonly onSkipped: () => void;
  readonly onCorrected: () => void;
  readonly onAll: () => void;
  readonly onBack: () => void;
}

/** The queue is through: what was done, how often the model was right, what to do next. */
export function Done({ desk, filter, onSkipped, onCorrected, onAll, onBack }: DoneProps) {
  const acts = useSession(desk, (session) => session.acts);
  const skipped = useSession(desk, (session) => session.skipped.size);
  const { confirmed, corrected } = agreement(acts);
  const judged = confirmed + corrected;
  useCommands("At the end", [
    { what: "Back to the last record", keys: ["ArrowLeft", "Backspace"], run: onBack },
    { what: "See all labels of this machine as a table", keys: ["t"], run: onAll },
  ]);
  return (
    <section className={styles.done}>
      <h2>That was the last one.</h2>
      {judged > 0 && (
        <p>
          You judged {counted(judged, "label")}: {count(confirmed)} confirmed, {count(corrected)}{" "}
          corrected{skipped > 0 && `; ${count(skipped)} skipped`}.
        </p>
      )}
      {judged > 0 && <Agreement confirmed={confirmed} judged={judged} filter={filter} />}
      <div className={styles.next}>
        {skipped > 0 && <Button onClick={onSkipped}>See the {count(skipped)} skipped</Button>}
        {corrected > 0 && (
          <Button variant={skipped > 0 ? "default" : "filled"} onClick={onCorrected}>
            Look at what was corrected
          </Button>
        )}
        <Button variant={skipped + corrected > 0 ? "default" : "filled"} onClick={onAll}>
          See all labels of this machine
        </Button>
        <Button variant="subtle" onClick={onBack}>
          Back to the last record
        </Button>
      </div>
    </section>
  );
}

interface AgreementProps {
  readonly confirmed: number;
  readonly judged: number;
  readonly filter: Filter;
}

/** A share of labels that were picked out says nothing of the others; the words say so. */
function Agreement({ confirmed, judged, filter }: AgreementProps) {
  const right = wilson(confirmed, judged);
  return (
    <p>
      The model was right on <strong>{percent(confirmed / judged)}</strong> of them (95 % interval{" "}
      {interval(right)}).
      {filter.order !== "imported" &&
        " They were taken in order of confidence, not at random: its other labels may be better or worse."}
    </p>
  );
}
