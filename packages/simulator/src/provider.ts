import type { CallLog } from "./calls.ts";
import type { Simulation } from "./simulation/simulation.ts";

/** All that stands behind the endpoints. */
export interface Provider {
  readonly simulation: Simulation;
  readonly log: CallLog;
  readonly apiKey: string | undefined;
}
