import { Popover, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import styles from "./Part.module.css";

export interface PartProps {
  /** What it decides, for those who listen: “Status”. */
  readonly name: string;
  /** What it says now: “unverified”. */
  readonly says: ReactNode;
  /** Whether it narrows anything. */
  readonly set: boolean;
  /** Its control; `close` once the choice is made. */
  readonly children: (close: () => void) => ReactNode;
}

/** One part of a sentence. It reads as a word and opens the control that changes it. */
export function Part({ name, says, set, children }: PartProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      withRoles
    >
      <Popover.Target>
        <UnstyledButton
          className={styles.part}
          data-set={set || undefined}
          onClick={() => setOpened(!opened)}
        >
          <span className="spoken">{name}: </span>
          {says}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>{children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  );
}
