export { cancel } from "./cancel.ts";
export { create } from "./create.ts";
export { type ExportedFile, file } from "./file.ts";
export { get } from "./get.ts";
export { list } from "./list.ts";
export { remove } from "./remove.ts";
