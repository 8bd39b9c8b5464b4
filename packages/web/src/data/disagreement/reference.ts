import type { Annotator, AnnotatorReference } from "@countersign/core";

/** How a search names this annotator. */
export function referenceOf({ kind, name, job }: Annotator): AnnotatorReference {
  if (kind === "job" && job !== null) return { job };
  if (kind === "gold") return { gold: true };
  return kind === "model" ? { model: name } : { person: name };
}

/** The same for the same annotator, whatever names it. */
export const written = (by: AnnotatorReference): string => JSON.stringify(by);
