import { Tooltip, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Mark } from "./Mark.tsx";
import { nouns } from "./nouns.tsx";
import styles from "./Rail.module.css";

export interface RailProps {
  readonly project: string;
  readonly collapsed: boolean;
  readonly onCollapse: (collapsed: boolean) => void;
}

/** The project's nouns; collapsed, their signs only. On a small screen it lies along the bottom. */
export function Rail({ project, collapsed, onCollapse }: RailProps) {
  return (
    <nav className={styles.rail} data-collapsed={collapsed || undefined} aria-label="Project">
      <Link to="/" className={styles.home} aria-label="Countersign: all projects">
        <Mark />
        <span className={styles.word}>Countersign</span>
      </Link>
      <ul className={styles.nouns}>
        {nouns.map(({ name, to, sign }) => (
          <li key={name}>
            <Tooltip label={name} position="right" disabled={!collapsed}>
              <Link to={to} params={{ project }} className={styles.noun} aria-label={name}>
                {sign}
                <span className={styles.word}>{name}</span>
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <UnstyledButton
        className={styles.collapse}
        onClick={() => onCollapse(!collapsed)}
        aria-expanded={!collapsed}
        aria-label={collapsed ? "Widen the rail" : "Narrow the rail"}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path
            d={collapsed ? "M6 3l5 5-5 5" : "M10 3L5 8l5 5"}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </UnstyledButton>
    </nav>
  );
}
