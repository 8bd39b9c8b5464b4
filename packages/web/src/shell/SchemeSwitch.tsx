import { UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useCommands } from "../command/commands.tsx";
import styles from "./Header.module.css";

/** From light to dark and back. Until it is used, the system decides. */
export function SchemeSwitch() {
  const scheme = useComputedColorScheme();
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === "light" ? "dark" : "light";
  const change = () => setColorScheme(other);
  useCommands("Screen", [{ what: `Switch to ${other}`, run: change }]);
  return (
    <UnstyledButton className={styles.button} onClick={change} aria-label={`Switch to ${other}`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" />
      </svg>
    </UnstyledButton>
  );
}
