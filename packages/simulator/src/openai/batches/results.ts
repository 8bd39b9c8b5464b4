import { kindOf, type LineEnd } from "../../batches/batch.ts";
import { shortHash } from "../../calls.ts";

/** What is written of a batch as it goes on: a file of what was answered with 200, and one of everything else. */
export class ResultFiles {
  readonly #batchId: string;
  readonly #output: string[] = [];
  readonly #errors: string[] = [];

  constructor(batchId: string) {
    this.#batchId = batchId;
  }

  add(customId: string, end: LineEnd): void {
    const file = kindOf(end) === "succeeded" ? this.#output : this.#errors;
    file.push(lineOf(shortHash(`${this.#batchId}:${customId}`), customId, end));
  }

  /** The files' contents; a file in which nothing stands is empty. */
  get contents(): { readonly output: string; readonly errors: string } {
    return { output: this.#output.join(""), errors: this.#errors.join("") };
  }
}

const unanswered = {
  cancelled: {
    code: "batch_cancelled",
    message: "This request was cancelled before it was executed.",
  },
  expired: {
    code: "batch_expired",
    message: "This request could not be executed before the completion window expired.",
  },
  timeout: {
    code: "request_timeout",
    message: "The underlying call to the model timed out.",
  },
};

function lineOf(id: string, customId: string, end: LineEnd): string {
  const head = `{"id":"batch_req_${id}","custom_id":${JSON.stringify(customId)}`;
  const because = (error: { readonly code: string; readonly message: string }) =>
    `${head},"response":null,"error":${JSON.stringify(error)}}\n`;
  if (end === "cancelled" || end === "expired") return because(unanswered[end]);
  if (!("status" in end.delivery)) return because(unanswered.timeout);
  // The body is JSON as it stands.
  const { status, body } = end.delivery;
  return `${head},"response":{"status_code":${status},"request_id":"req_${id}","body":${body}},"error":null}\n`;
}
