import styles from "./Bar.module.css";

export interface BarProps {
  readonly name: string;
  readonly done: number;
  readonly of: number;
}

/** How much is done, as a bar. */
export function Bar({ name, done, of }: BarProps) {
  return (
    <progress className={styles.bar} aria-label={name} value={of > 0 ? done / of : 0} max={1} />
  );
}
