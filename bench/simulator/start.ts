import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { SimulatorOptions } from "@countersign/simulator";

/** What a simulator of a benchmark or a rehearsed disaster does; it answers for the texts of `texts.ts`. */
export interface Setting extends Pick<SimulatorOptions, "seed" | "latency" | "limits" | "faults"> {
  /** How many texts it knows. */
  readonly texts: number;
  /** Whether its replies carry probabilities, where a call asks for them. */
  readonly logprobs: boolean;
  /** The file that every call is written to. */
  readonly log?: string;
}

/** A simulator in a process of its own. */
export interface RunningSimulator extends AsyncDisposable {
  /** Base URL for OpenAI clients. */
  readonly url: string;
}

/** Starts a simulator on the machine's other core, so that it takes no time from what is measured. */
export async function startSimulatorProcess(setting: Setting): Promise<RunningSimulator> {
  const child = fork(join(import.meta.dirname, "process.ts"), [JSON.stringify(setting)]);
  const stopped = once(child, "exit");
  const url = await Promise.race([
    once(child, "message").then(([message]) => String(message)),
    stopped.then(() => undefined),
  ]);
  if (url === undefined) throw new Error("the simulator did not start");
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await stopped;
    },
  };
}
