import type { Option } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Hand } from "../../label/Chip.tsx";
import { OptionMark } from "../../label/OptionMark.tsx";
import styles from "./OptionButton.module.css";

export interface OptionButtonProps {
  readonly option: Option;
  readonly place: number;
  /** The key that chooses it. */
  readonly shortcut: string | undefined;
  readonly hand: Hand;
  /** What is said of it beneath; its place is kept free where there is nothing. */
  readonly note: ReactNode;
  /** Not what is being looked for among many options. */
  readonly dimmed: boolean;
  readonly onChoose: (option: string) => void;
}

const spoken: Partial<Record<Hand, string>> = {
  machine: "suggested",
  person: "chosen",
  overruled: "suggested, overruled",
};

/** One option with its key: dotted where nobody chose it, hollow where the machine did, solid where a person did. */
export function OptionButton(props: OptionButtonProps) {
  const { option, place, shortcut, hand, note, dimmed, onChoose } = props;
  return (
    <div className={styles.option} data-dimmed={dimmed || undefined}>
      <UnstyledButton
        className={`${styles.button} ${styles[hand]}`}
        data-hand={hand}
        data-option={option.value}
        title={option.description}
        aria-pressed={hand === "person"}
        aria-keyshortcuts={shortcut}
        onClick={() => onChoose(option.value)}
        // the focus stays where it was, so that Enter goes on meaning “confirm”
        onMouseDown={(event) => event.preventDefault()}
      >
        {shortcut && <kbd className={styles.key}>{shortcut.toUpperCase()}</kbd>}
        <OptionMark place={place} colour={option.colour} />
        <span className={styles.text}>
          {hand === "overruled" ? <s>{option.text}</s> : option.text}
        </span>
        {spoken[hand] && <span className="spoken">, {spoken[hand]}</span>}
      </UnstyledButton>
      <div className={styles.note}>{note}</div>
    </div>
  );
}
