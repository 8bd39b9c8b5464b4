import { createHash } from "node:crypto";
import {
  canonicalJson,
  type ModelConfiguration,
  type ModelParameters,
  type Prompt,
  type ReplyStructure,
} from "@countersign/core";
import type { Connection } from "./connection.ts";

/** Everything that decides what a model would answer. */
export interface Question {
  readonly provider: ModelConfiguration["provider"];
  readonly connection: Connection;
  readonly parameters: ModelParameters;
  readonly prompt: Prompt;
  /** What the reply is held to, where it is held to anything. */
  readonly structure?: ReplyStructure | undefined;
  /** Which of several answers to the same question, from 0. */
  readonly sample: number;
  /** Job and item, where the reply may serve no other. */
  readonly asker?: readonly [job: number, position: number] | undefined;
}

/**
 * The SHA-256 under which a question's reply is kept. The address is part of it, so that a reply of the simulator is
 * never taken for one of the model it plays.
 */
export function replyKey(question: Question): Buffer {
  const { provider, connection, parameters, prompt, structure, sample, asker } = question;
  const { address, model, deployment, interface: called } = connection;
  return createHash("sha256")
    .update(
      canonicalJson({
        provider,
        address,
        model,
        deployment,
        interface: called,
        parameters,
        prompt,
        structure,
        sample,
        asker,
      }),
    )
    .digest();
}
