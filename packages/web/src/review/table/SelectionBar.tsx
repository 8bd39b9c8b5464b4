import type { LabelDefinition } from "@countersign/core";
import { Button, Menu } from "@mantine/core";
import { count, counted } from "../../format/number.ts";
import { isChosenFrom } from "../../label/value.ts";
import { OptionItems } from "./CorrectMenu.tsx";
import styles from "./SelectionBar.module.css";
import { mostAtOnce } from "./selection.ts";

export interface SelectionBarProps {
  readonly definition: LabelDefinition;
  readonly selected: number;
  /** Those of them that a confirmation would change. */
  readonly unverified: number;
  /** All that match the filter. */
  readonly matches: number | undefined;
  /** How many are found so far, while all that match are being selected. */
  readonly finding: number | undefined;
  readonly onConfirm: () => void;
  readonly onCorrect: (option: string) => void;
  readonly onAll: () => void;
  readonly onClear: () => void;
}

/** What may be done with the selected rows; there while there are any. */
export function SelectionBar(props: SelectionBarProps) {
  const { definition, selected, unverified, matches = 0, finding } = props;
  const reachable = Math.min(matches, mostAtOnce);
  return (
    <section className={styles.bar} aria-label="Selected rows">
      <span className={styles.count} aria-live="polite">
        {finding === undefined ? `${count(selected)} selected` : `finding… ${count(finding)}`}
      </span>
      <Button onClick={props.onConfirm} disabled={unverified === 0 || finding !== undefined}>
        Confirm {counted(unverified, "label")}
      </Button>
      {definition.kind !== "multiple" && isChosenFrom(definition) && (
        <Menu position="top-start">
          <Menu.Target>
            <Button variant="default" disabled={finding !== undefined}>
              Correct to…
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <OptionItems definition={definition} chosen={[]} onChoose={props.onCorrect} />
          </Menu.Dropdown>
        </Menu>
      )}
      {selected < reachable && (
        <Button variant="subtle" onClick={props.onAll} loading={finding !== undefined}>
          Select {matches > mostAtOnce ? "the first" : "all"} {count(reachable)} that match
        </Button>
      )}
      <Button variant="subtle" onClick={props.onClear} className={styles.clear}>
        Clear <kbd className={styles.key}>Esc</kbd>
      </Button>
    </section>
  );
}
