export { cancel } from "./cancel.ts";
export { create } from "./create.ts";
export { estimate } from "./estimate.ts";
export { get } from "./get.ts";
export { list } from "./list.ts";
export { remove } from "./remove.ts";
export { resume } from "./resume.ts";
