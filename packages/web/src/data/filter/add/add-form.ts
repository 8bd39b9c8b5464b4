import type { Condition } from "@countersign/core";

/** What a form that makes a condition is given. */
export interface AddFormProps {
  readonly project: string;
  /** What its button says. */
  readonly act: string;
  readonly onAdd: (condition: Condition) => void;
}
