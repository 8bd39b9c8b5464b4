import { type ProblemDocument, problemUrn } from "@countersign/contract";
import type { Problem, ProblemType } from "@countersign/core";

/** The HTTP status of every problem. Those a server meets before it listens never become a response. */
export const statusOf: Readonly<Record<ProblemType, number>> = {
  "project-not-found": 404,
  "project-exists": 409,
  "schema-missing": 409,
  "schema-invalid": 422,
  "labels-in-use": 409,
  "label-at-work": 409,
  "label-not-in-schema": 422,
  "record-not-found": 404,
  "import-rejected": 422,
  "import-not-found": 404,
  "import-part-misplaced": 409,
  "import-incomplete": 409,
  "url-not-allowed": 403,
  "download-failed": 502,
  "search-invalid": 422,
  "vectors-invalid": 422,
  "embedding-not-found": 404,
  "embedding-exists": 409,
  "embedding-not-possible": 409,
  "subset-not-found": 404,
  "subset-exists": 409,
  "subset-in-use": 409,
  "agent-not-found": 404,
  "agent-invalid": 422,
  "probe-failed": 502,
  "job-not-found": 404,
  "job-not-possible": 409,
  "label-not-found": 404,
  "confidence-not-possible": 409,
  "label-invalid": 422,
  "label-outdated": 409,
  "metadata-invalid": 422,
  "verification-invalid": 422,
  "verification-outdated": 409,
  "assignment-not-found": 404,
  "assignment-exists": 409,
  "assignment-invalid": 422,
  "assignment-not-possible": 409,
  "compare-not-possible": 409,
  "export-not-possible": 422,
  "export-not-found": 404,
  "deletion-not-found": 404,
  "backup-unreadable": 422,
  "database-not-empty": 409,
  "token-not-found": 404,
  "token-required": 401,
  "token-invalid": 401,
  "origin-refused": 403,
  "port-in-use": 503,
  "address-unusable": 503,
  "database-unreachable": 503,
  "database-newer": 503,
  "data-directory-unusable": 503,
  "postgres-unavailable": 503,
  "migration-failed": 503,
  "too-many-attempts": 429,
  "request-invalid": 400,
  "request-too-large": 413,
  "route-not-found": 404,
  internal: 500,
};

/** A problem's type in words: `project-not-found` → “Project not found”. */
export const titleOf = (type: ProblemType): string =>
  type.charAt(0).toUpperCase() + type.slice(1).replaceAll("-", " ");

/** The problem as an RFC 9457 document. `instance` names the log entry of an internal error. */
export function problemResponse(
  problem: Problem,
  { instance, headers }: { instance?: string; headers?: Readonly<Record<string, string>> } = {},
): Response {
  const { type, what, kept, next, rows } = problem;
  const status = statusOf[type];
  const document: ProblemDocument = {
    type: problemUrn(type),
    title: titleOf(type),
    status,
    detail: [what, kept, next].filter(Boolean).join(" "),
    what,
    ...(kept !== undefined && { kept }),
    ...(next !== undefined && { next }),
    ...(rows && { rows: [...rows] }),
    ...(instance !== undefined && { instance }),
  };
  return new Response(JSON.stringify(document), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}
