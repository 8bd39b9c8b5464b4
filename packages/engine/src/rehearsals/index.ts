export type { ProviderAct } from "./provider-act.ts";
export {
  type Rehearsal,
  type RehearsalInput,
  type RehearsedItem,
  type RehearsedOutcome,
  type RehearsedPause,
  rehearse,
} from "./rehearse.ts";
export type { Slice } from "./time-line.ts";
