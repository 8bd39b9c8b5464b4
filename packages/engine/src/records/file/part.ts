import type { RejectedRow } from "@countersign/core";

/** A file as it is read, piece by piece, before anyone has asked what its columns mean. */
export type FilePart =
  | {
      readonly kind: "columns";
      /** Line of the file, from 1. */
      readonly line: number;
      /** Whether this is the file's one header; else other columns may follow. */
      readonly header: boolean;
      /** Names of the cells of the rows that follow. */
      readonly columns: readonly string[];
    }
  | {
      readonly kind: "row";
      /** Line of the file at which the row starts, from 1. */
      readonly line: number;
      /** Exactly as written; in JSON Lines, what is no text is its JSON. */
      readonly cells: readonly string[];
      /** The cells' JSON as written, where the format has types. */
      readonly json?: readonly string[];
    }
  | { readonly kind: "rejected"; readonly row: RejectedRow };

export const rejected = (line: number, reason: string, column?: string): FilePart => ({
  kind: "rejected",
  row: { row: line, reason, ...(column !== undefined && { column }) },
});
