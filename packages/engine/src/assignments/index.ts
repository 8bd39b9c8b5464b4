export { close, reopen } from "./close.ts";
export { create } from "./create.ts";
export { extend } from "./extend.ts";
export { get } from "./get.ts";
export { list } from "./list.ts";
export { next } from "./next.ts";
export { release } from "./release.ts";
export { remove } from "./remove.ts";
