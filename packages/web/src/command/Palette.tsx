import { Modal } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import { useCommandGroups } from "./commands.tsx";
import { Keys } from "./Keys.tsx";
import styles from "./Palette.module.css";
import type { Command } from "./registry.ts";

export interface PaletteProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Everything that can be done here, found by typing. */
export function Palette({ opened, onClose }: PaletteProps) {
  return (
    <Modal.Root opened={opened} onClose={onClose} centered={false} yOffset="12vh" padding={0}>
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content aria-label="Commands">
        <CommandSearch onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

interface Found {
  readonly group: string;
  readonly command: Command;
}

/** Commands with all the typed words in their name or their group's, in the order they stand. */
function find(groups: ReturnType<typeof useCommandGroups>, typed: string): readonly Found[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .toReversed()
    .flatMap(({ name, commands }) =>
      commands
        .filter(({ keyOnly }) => !keyOnly)
        .map((command): Found => ({ group: name, command })),
    )
    .filter(({ group, command }) => {
      const text = `${group} ${command.what}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
}

function CommandSearch({ onClose }: { readonly onClose: () => void }) {
  const groups = useCommandGroups();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const found = find(groups, typed);
  const chosen = Math.min(at, found.length - 1);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run(undefined);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, 0));
    else if (event.key === "Enter") run(found[chosen]?.command);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        className={styles.input}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
        placeholder="What would you like to do?"
        role="combobox"
        aria-label="What would you like to do?"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[chosen] && `${list}-${chosen}`}
        autoComplete="off"
      />
      <div id={list} role="listbox" aria-label="Commands" className={styles.list}>
        {found.map(({ group, command }, index) => (
          <button
            type="button"
            key={`${group} ${command.what}`}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={styles.option}
            onClick={() => run(command)}
            onMouseMove={() => setAt(index)}
          >
            <span className={styles.group}>{group}</span>
            <span className={styles.what}>{command.what}</span>
            <Keys {...command} />
          </button>
        ))}
      </div>
      {found.length === 0 && <p className={styles.none}>Nothing here does “{typed}”.</p>}
    </>
  );
}
