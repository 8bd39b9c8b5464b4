import type { Assignment } from "@countersign/core";
import { count, counted } from "../format/number.ts";

/** What people do in an assignment: “verify job 3’s sentiment”. */
export const taskOf = ({ mode, job, labels }: Assignment): string =>
  mode === "verify" ? `verify job ${job}’s ${labels.join(", ")}` : `label ${labels.join(", ")}`;

/** How often records are to be done in all. */
export const wantedOf = ({ records, overlap }: Assignment): number => records * overlap;

/** “300 records, each by 2 people” */
export const sizeOf = ({ records, overlap }: Assignment): string =>
  `${counted(records, "record")}, each by ${overlap === 1 ? "one person" : `${count(overlap)} people`}`;

/** Names out of what a person wrote, separated by commas or line breaks. */
export const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n;]/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];
