import type { Latency } from "../options.ts";
import type { Draws } from "./draws.ts";

/** Milliseconds a call takes. The normal deviate is Box and Muller's (1958). */
export function milliseconds(latency: Latency, draws: Draws): number {
  if (draws.tail < latency.tailShare) return latency.tailMs;
  const [u, v] = draws.normal;
  const deviate = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
  return latency.medianMs * Math.exp(latency.spread * deviate);
}
