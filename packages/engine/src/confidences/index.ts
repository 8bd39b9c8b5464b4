export { agree } from "./agree.ts";
export { choose } from "./choose.ts";
export type { LabelsInput } from "./find.ts";
export { give } from "./give.ts";
export { list } from "./list.ts";
