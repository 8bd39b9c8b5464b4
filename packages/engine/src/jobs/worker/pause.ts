import type { JobPause } from "@countersign/core";
import type { DelegateFailure, RetryFailure } from "../../llm/call-failure.ts";
import type { Connection } from "../../llm/connection.ts";
import { remedy } from "../../llm/remedy.ts";

type PausingFailure = DelegateFailure | RetryFailure;

/** Why a job pauses for a failure that every call would meet, and what its user can do. */
export const pauseFor = (
  failure: PausingFailure,
  connection: Connection,
  job: number,
): JobPause => ({
  reason: "provider",
  what: failure.message,
  next: `${remedy(failure.reason, connection, "cancel this job and make")} Then let the job go on: countersign job resume ${job}`,
});
