import { type ReactNode, useEffect } from "react";
import styles from "./Page.module.css";

export interface PageProps {
  /** The question this page answers. */
  readonly title: string;
  /** What may be done here, at the title's end. */
  readonly actions?: ReactNode;
  /** `fill`: the page is as high as the window and scrolls within itself; `flow`: it is as long as it is. */
  readonly height?: "fill" | "flow";
  readonly children: ReactNode;
}

/** One page, one purpose. */
export function Page({ title, actions, height = "flow", children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
  return (
    <main className={`${styles.page} ${styles[height]}`} tabIndex={-1}>
      <div className={styles.head}>
        <h1>{title}</h1>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  );
}
