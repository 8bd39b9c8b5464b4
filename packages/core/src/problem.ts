import { z } from "zod";

/** Every way an act can end without its result. The slug is stable: scripts match on it. */
export const problemTypes = [
  "project-not-found",
  "project-exists",
  "schema-missing",
  "schema-invalid",
  "labels-in-use",
  "label-at-work",
  "label-not-in-schema",
  "record-not-found",
  "import-rejected",
  "import-not-found",
  "import-part-misplaced",
  "import-incomplete",
  "url-not-allowed",
  "download-failed",
  "search-invalid",
  "vectors-invalid",
  "embedding-not-found",
  "embedding-exists",
  "embedding-not-possible",
  "subset-not-found",
  "subset-exists",
  "subset-in-use",
  "agent-not-found",
  "agent-invalid",
  "probe-failed",
  "job-not-found",
  "job-not-possible",
  "label-not-found",
  "confidence-not-possible",
  "label-invalid",
  "label-outdated",
  "metadata-invalid",
  "verification-invalid",
  "verification-outdated",
  "assignment-not-found",
  "assignment-exists",
  "assignment-invalid",
  "assignment-not-possible",
  "compare-not-possible",
  "export-not-possible",
  "export-not-found",
  "deletion-not-found",
  "backup-unreadable",
  "database-not-empty",
  "token-not-found",
  "token-required",
  "token-invalid",
  "database-unreachable",
  "database-newer",
  "data-directory-unusable",
  "postgres-unavailable",
  "migration-failed",
  "origin-refused",
  "port-in-use",
  "address-unusable",
  "too-many-attempts",
  "request-invalid",
  "request-too-large",
  "route-not-found",
  "internal",
] as const;

export type ProblemType = (typeof problemTypes)[number];

/** One row of a file that could not be taken. `row` counts the file's lines from 1, the header included. */
export const RejectedRow = z
  .object({
    row: z.int().min(1).meta({ description: "Line of the file at which the row starts, from 1" }),
    column: z.string().optional(),
    reason: z.string(),
  })
  .meta({ id: "RejectedRow" });
export type RejectedRow = z.infer<typeof RejectedRow>;

/**
 * Why an act did not happen, for a person to read: what happened, what was kept, what to do next.
 * Use cases name the types they can end in: `Problem<"project-not-found" | "schema-missing">`.
 */
export interface Problem<Type extends ProblemType = ProblemType> {
  readonly type: Type;
  /** What happened, in one sentence, naming the thing it happened to. */
  readonly what: string;
  /** What is unharmed or was saved. */
  readonly kept?: string | undefined;
  /** What the user can do now. */
  readonly next?: string | undefined;
  /** For imports: the rows at fault, the first hundred. */
  readonly rows?: readonly RejectedRow[] | undefined;
}
