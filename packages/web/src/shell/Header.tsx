import { UnstyledButton } from "@mantine/core";
import styles from "./Header.module.css";
import { JobPill } from "./JobPill.tsx";
import { Mark } from "./Mark.tsx";
import { ProjectSwitcher } from "./ProjectSwitcher.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";
import { SearchBox } from "./SearchBox.tsx";

export interface HeaderProps {
  readonly project?: string | undefined;
  readonly onShortcuts: () => void;
}

/** Where one is, what runs, and the way to everything else. */
export function Header({ project, onShortcuts }: HeaderProps) {
  return (
    <header className={styles.header}>
      {project === undefined ? (
        <span className={styles.house}>
          <Mark />
          Countersign
        </span>
      ) : (
        <>
          <ProjectSwitcher project={project} />
          <SearchBox project={project} />
        </>
      )}
      <div className={styles.end}>
        {project !== undefined && <JobPill project={project} />}
        <SchemeSwitch />
        <UnstyledButton
          className={`${styles.button} ${styles.keys}`}
          onClick={onShortcuts}
          aria-label="Keyboard shortcuts"
          aria-keyshortcuts="?"
        >
          ?
        </UnstyledButton>
      </div>
    </header>
  );
}
