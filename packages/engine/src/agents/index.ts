export type { NewAgent } from "./compose.ts";
export { create } from "./create.ts";
export { findAgent } from "./find.ts";
export { get } from "./get.ts";
export { list } from "./list.ts";
export { preview } from "./preview.ts";
export { probe } from "./probe.ts";
export { type Templates, templatesOf } from "./templates.ts";
