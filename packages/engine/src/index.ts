export type { Actor } from "./actor.ts";
export type { Engine } from "./engine.ts";
export { openEngine } from "./engine.ts";
export * as projects from "./projects/index.ts";
export * as records from "./records/index.ts";
export * as schemas from "./schemas/index.ts";
export type { ConnectionTarget, Store } from "./store/connection.ts";
export * as tokens from "./tokens/index.ts";
