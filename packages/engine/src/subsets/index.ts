export { create } from "./create.ts";
export { get } from "./get.ts";
export { list } from "./list.ts";
export { remove } from "./remove.ts";
export { sample } from "./sample.ts";
