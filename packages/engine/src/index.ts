export type { Actor } from "./actor.ts";
export type { Engine } from "./engine.ts";
export { openEngine } from "./engine.ts";
export type { ConnectionTarget, Store } from "./store/connection.ts";
