import type { DelegateFailure, RetryFailure } from "./call-failure.ts";
import type { Connection } from "./connection.ts";

/** What a user can do about a failure. `make` is how another agent is come by: “make”, or “cancel this job and make”. */
export function remedy(
  reason: (DelegateFailure | RetryFailure)["reason"],
  connection: Connection,
  make: string,
): string {
  const { address, keyVariable, lacks } = connection;
  const model = connection.deployment ?? connection.model;
  switch (reason) {
    case "bad-key":
      return `Start the server and its workers with a valid key in ${keyVariable ?? "the variable that the agent's keyVariable names"}.`;
    case "access-denied":
      return `Let the key's account use the model ${model} at ${address}.`;
    case "unknown-model":
      return `See that ${address} offers a model named ${model}; if it has another name, ${make} an agent with that name.`;
    case "wrong-address":
      return lacks
        ? "Start the server and its workers with the address in that variable."
        : `See that ${address} is the address of the provider's service, without the path of a call such as /chat/completions; if it is not, ${make} an agent with the right one.`;
    case "quota-exhausted":
      return "Add to the account's credit or raise its limit, or wait until it is renewed.";
    case "invalid-request":
    case "content-refused":
    case "prompt-too-long":
      return `Change the provider's settings, or ${make} an agent without what it objects to.`;
    case "timeout":
    case "rate-limited":
    case "overloaded":
    case "server-error":
    case "connection":
    case "malformed-reply":
      return `See whether ${address} is up and answers.`;
  }
}
