export { type RestoreProblem, restore } from "./restore.ts";
export { write } from "./write.ts";
