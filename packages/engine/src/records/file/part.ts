import type { Codes, RejectedRow } from "@countersign/core";

/** A label that a file brings along beside its columns. */
export interface BroughtLabel {
  /** The file's own name of the label. */
  readonly control: string;
  readonly by: { readonly kind: "person" | "model" | "gold"; readonly name: string };
  /** What was given: a text or number, or a list of them. */
  readonly cell: string | readonly string[];
  readonly confidence?: number | undefined;
  /** When it was given, in ISO 8601, where the file says so. */
  readonly at?: string | undefined;
}

/** A record as our own export has it. */
export interface WholeRecord {
  /** Its columns and its metadata, as JSON. */
  readonly source: string;
  readonly metadata: string;
  /** What its content is, where it is no text. */
  readonly kind?: "chat" | "image";
  /** A conversation's turns, as JSON. */
  readonly turns?: string;
}

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
      /** What the cells of a column stand for, where the file says so. */
      readonly codes?: ReadonlyMap<string, Codes>;
      /** The records' own columns, where the file is our own export and these are not they. */
      readonly own?: readonly string[] | undefined;
    }
  | {
      readonly kind: "row";
      /** Line of the file at which the row starts, from 1; its number where the format has no lines. */
      readonly line: number;
      /** Exactly as written; in JSON, what is no text is its JSON. */
      readonly cells: readonly string[];
      /** The cells' JSON as written, where the format has types. */
      readonly json?: readonly string[];
      readonly labels?: readonly BroughtLabel[];
      readonly whole?: WholeRecord | undefined;
      /** What the row brings that is no label here, by reason. */
      readonly leftOut?: readonly string[];
    }
  | {
      readonly kind: "rejected";
      readonly row: RejectedRow;
      /** Set where the file cannot be read from here on: what follows is not known to be good or bad. */
      readonly ends?: true;
    };

export type Row = Extract<FilePart, { kind: "row" }>;
export type Columns = Extract<FilePart, { kind: "columns" }>;

export const rejected = (line: number, reason: string, column?: string): FilePart => ({
  kind: "rejected",
  row: { row: line, reason, ...(column !== undefined && { column }) },
});

/** A row from which on the file cannot be read. */
export const broken = (line: number, reason: string, column?: string): FilePart => ({
  kind: "rejected",
  row: { row: line, reason, ...(column !== undefined && { column }) },
  ends: true,
});
