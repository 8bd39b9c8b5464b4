import type { Condition } from "@countersign/core";

/** What a form that makes a condition is given. */
export interface AddFormProps {
  readonly project: string;
  readonly onAdd: (condition: Condition) => void;
}
