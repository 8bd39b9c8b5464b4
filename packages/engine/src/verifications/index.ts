export type { Decision } from "./judge.ts";
export { record } from "./record.ts";
