import type { Label } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { When } from "../../format/When.tsx";
import styles from "./Status.module.css";

export interface StatusProps {
  readonly label: Label;
  readonly onConfirm: () => void;
}

/** How a label stands and by whom; unverified, it can be confirmed here. */
export function Status({ label, onConfirm }: StatusProps) {
  if (!label.verified)
    return (
      <span className={styles.status}>
        <span className={styles.words}>unverified</span>
        <UnstyledButton
          className={styles.confirm}
          tabIndex={-1}
          onClick={onConfirm}
          onMouseDown={(event) => event.preventDefault()}
        >
          confirm
        </UnstyledButton>
      </span>
    );
  return (
    <span className={styles.status}>
      <span className={styles.words}>
        {label.status} by {label.verified.by}, <When at={label.verified.at} />
      </span>
    </span>
  );
}
