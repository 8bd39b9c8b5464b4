import { err, type ModelConfiguration, ok, type Problem, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Environment } from "../llm/connection.ts";

/** The server's variable that lists the addresses which those with a token may have models asked at. */
export const allowedVariable = "COUNTERSIGN_MODEL_ADDRESSES";

/**
 * Checks the address that a model is to be reached at. An agent is stored and shown, so its address must not carry a
 * secret; and calls go out from the server with the server's keys, so that whoever has only a token names no address but
 * those that the server's operator allows. Who is on the server's own machine may name any.
 */
export function checkAddress(
  model: ModelConfiguration,
  actor: Actor,
  environment: Environment,
): Result<void, Problem<"agent-invalid">> {
  const given = addressIn(model);
  if (given === undefined) return ok(undefined);
  const { protocol, username, password, origin } = new URL(given);
  if (protocol !== "http:" && protocol !== "https:")
    return err({
      type: "agent-invalid",
      what: `The model's address “${given}” is not an http or https address.`,
      next: "Give the address that ends before /chat/completions, such as http://localhost:11434/v1.",
    });
  if (username !== "" || password !== "")
    return err({
      type: "agent-invalid",
      what: "The model's address carries a user name or password, which would be stored with the agent.",
      next: "Leave them out; name the environment variable that holds the key as keyVariable.",
    });
  if (actor.how === "local" || allowedOrigins(environment).includes(origin)) return ok(undefined);
  return err({
    type: "agent-invalid",
    what: `This server does not ask models at ${origin} for those who reach it with a token.`,
    kept: "No agent was made.",
    next: `Whoever runs the server can allow the address: ${allowedVariable}=${origin}, several with commas between them.`,
  });
}

function addressIn(model: ModelConfiguration): string | undefined {
  if (model.provider === "openai-compatible") return model.baseUrl;
  return model.provider === "azure" ? model.endpoint : undefined;
}

const allowedOrigins = (environment: Environment): string[] =>
  [...(environment[allowedVariable] ?? "").split(","), environment.AZURE_OPENAI_ENDPOINT ?? ""]
    .map((address) => address.trim())
    .flatMap((address) => (URL.canParse(address) ? new URL(address).origin : []));
