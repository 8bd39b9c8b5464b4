import { ProblemDocument, problemType } from "@countersign/contract";
import type { ProblemType, RejectedRow } from "@countersign/core";

/**
 * Why a call failed: a problem type of the server, or one of the two that only a client sees.
 * `server-unreachable`: no response came, or it broke off. `response-unreadable`: the response is not of this API, or of
 * a newer one.
 */
export type ErrorType = ProblemType | "server-unreachable" | "response-unreadable";

/** The server's problem document, its type as the bare slug. */
export interface ClientProblem {
  /** Stable; match on it. */
  readonly type: ErrorType;
  /** What happened. */
  readonly what: string;
  /** What is unharmed or was saved. */
  readonly kept?: string | undefined;
  /** What to do now. */
  readonly next?: string | undefined;
  /** With `import-rejected`: the rows at fault, the first hundred. */
  readonly rows?: readonly RejectedRow[] | undefined;
  /** The response's HTTP status; undefined where there was no response. */
  readonly status?: number | undefined;
  /** With `internal`: names the server's log entry. */
  readonly instance?: string | undefined;
}

/** What every call of the SDK throws when it fails. `message` is what, kept and next as one text. */
export class CountersignError extends Error {
  override readonly name = "CountersignError";
  readonly problem: ClientProblem;

  constructor(problem: ClientProblem, options?: ErrorOptions) {
    super([problem.what, problem.kept, problem.next].filter(Boolean).join(" "), options);
    this.problem = problem;
  }
}

/** The error for a connection that failed before the whole response was there. */
export function unreachable(url: string, cause: unknown): CountersignError {
  return new CountersignError(
    {
      type: "server-unreachable",
      what: `No answer from the Countersign server at ${url} (${reason(cause)}).`,
      next: "Check that it runs and that the address is right.",
    },
    { cause },
  );
}

/** Node's fetch says only “fetch failed”; what failed is in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reason(error.cause) : error.message || error.name;
}

/** The error that a response of status 400 or more stands for. */
export async function errorOf(response: Response, url: string): Promise<CountersignError> {
  const document = ProblemDocument.safeParse(await response.json().catch(() => undefined));
  if (!document.success)
    return new CountersignError({
      type: "response-unreadable",
      what: `${url} answered ${response.status} ${response.statusText}`.trim().concat("."),
      next: "Check that this is the address of a Countersign server, and any proxy before it.",
      status: response.status,
    });
  const { what, kept, next, rows, status, instance } = document.data;
  const type = problemType(document.data.type) ?? "response-unreadable";
  return new CountersignError({ type, what, kept, next, rows, status, instance });
}
