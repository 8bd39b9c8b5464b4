import type { JobPause } from "@countersign/core";
import type { DelegateFailure, RetryFailure } from "../../llm/call-failure.ts";
import type { Connection } from "../../llm/connection.ts";

type PausingFailure = DelegateFailure | RetryFailure;

/** Why a job pauses for a failure that every call would meet, and what its user can do. */
export const pauseFor = (
  failure: PausingFailure,
  connection: Connection,
  job: number,
): JobPause => ({
  reason: "provider",
  what: failure.message,
  next: `${remedy(failure.reason, connection)} Then let the job go on: countersign job resume ${job}`,
});

function remedy(reason: PausingFailure["reason"], connection: Connection): string {
  const { address, model, keyVariable } = connection;
  switch (reason) {
    case "bad-key":
      return `Start the server and its workers with a valid key in ${keyVariable ?? "the variable that the agent's keyVariable names"}.`;
    case "access-denied":
      return `Let the key's account use the model ${model} at ${address}.`;
    case "unknown-model":
      return `See that ${address} offers a model named ${model}; if it has another name, cancel this job and make an agent with that name.`;
    case "wrong-address":
      return `See that ${address} is the address of an OpenAI-compatible service, without /chat/completions; if it is not, cancel this job and make an agent with the right one.`;
    case "quota-exhausted":
      return "Add to the account's credit or raise its limit, or wait until it is renewed.";
    case "invalid-request":
    case "content-refused":
    case "prompt-too-long":
      return "Make an agent without what the provider objects to, cancel this job and run that agent; or change the provider's settings.";
    case "timeout":
    case "rate-limited":
    case "overloaded":
    case "server-error":
    case "connection":
    case "malformed-reply":
      return `See whether ${address} is up and answers.`;
  }
}
