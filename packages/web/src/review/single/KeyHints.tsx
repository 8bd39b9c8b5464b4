import { UnstyledButton } from "@mantine/core";
import { drawnKey } from "../../command/keys.ts";
import styles from "./KeyHints.module.css";

export interface Hint {
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
  /** Whether it is on, for what is switched. */
  readonly on?: boolean;
}

/** What the keys do, written where it can be clicked as well. */
export function KeyHints({ hints }: { readonly hints: readonly Hint[] }) {
  return (
    <div className={styles.hints}>
      {hints.map(({ keys, does, run, on }) => (
        <UnstyledButton
          key={does}
          className={styles.hint}
          onClick={run}
          onMouseDown={(event) => event.preventDefault()}
          aria-pressed={on}
        >
          <kbd>{drawnKey(keys)}</kbd> {does}
        </UnstyledButton>
      ))}
    </div>
  );
}
