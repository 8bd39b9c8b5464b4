import { Modal } from "@mantine/core";
import { useCommandGroups } from "./commands.tsx";
import { Keys } from "./Keys.tsx";
import { keyedCommands } from "./registry.ts";
import styles from "./Shortcuts.module.css";

export interface ShortcutsProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What the keys do here, the most particular first. */
export function Shortcuts({ opened, onClose }: ShortcutsProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard shortcuts"
      size="md"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <ShortcutList />
    </Modal>
  );
}

function ShortcutList() {
  const keyed = keyedCommands(useCommandGroups());
  return [...Map.groupBy(keyed, ({ group }) => group)].map(([name, rows]) => (
    <section key={name} className={styles.group}>
      <h3>{name}</h3>
      <dl className={styles.list}>
        {rows.map(({ command }) => (
          <div key={command.what} className={styles.row}>
            <dt>{command.what}</dt>
            <dd>
              <Keys {...command} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
