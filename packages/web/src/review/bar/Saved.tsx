import { UnstyledButton } from "@mantine/core";
import { count } from "../../format/number.ts";
import type { Desk } from "../session/desk.ts";
import { unsaved } from "../session/outbox.ts";
import { useSession } from "../session/use-session.ts";
import styles from "./Saved.module.css";

/** Whether the server has what the person decided. */
export function Saved({ desk }: { readonly desk: Desk }) {
  const waiting = useSession(desk, ({ outbox }) => unsaved(outbox));
  const trouble = useSession(desk, ({ outbox }) => outbox.trouble);
  const anything = useSession(desk, ({ clock }) => clock > 0);

  if (trouble !== undefined)
    return (
      <UnstyledButton
        className={styles.trouble}
        title={trouble}
        onClick={() => desk.delivery.retry()}
        data-saved="no"
      >
        {count(waiting)} not saved – <span className={styles.retry}>retry</span>
      </UnstyledButton>
    );
  if (waiting > 0)
    return (
      <span className={styles.saved} data-saved="under-way">
        saving {count(waiting)}…
      </span>
    );
  return (
    <span className={styles.saved} data-saved="yes">
      {anything && "saved ✓"}
    </span>
  );
}
