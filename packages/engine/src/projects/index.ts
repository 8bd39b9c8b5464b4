export { create } from "./create.ts";
export { findProject, type ProjectReference } from "./find.ts";
export { get } from "./get.ts";
export { keepProject } from "./keep.ts";
export { list } from "./list.ts";
export { remove } from "./remove.ts";
