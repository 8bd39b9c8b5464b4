import type { JobProgress } from "@countersign/core";
import { Bar } from "../shell/Bar.tsx";
import { doneShare } from "./progress.ts";

export interface ProgressBarProps {
  readonly progress: JobProgress;
  readonly name: string;
}

/** The share of items that have an outcome. */
export const ProgressBar = ({ progress, name }: ProgressBarProps) => (
  <Bar name={name} done={doneShare(progress)} of={1} />
);
