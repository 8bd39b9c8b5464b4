export { annotatorId, matchingRecords } from "./condition.ts";
export {
  type Chunk,
  type ExportInput,
  exportFile,
  type PreparedExport,
  prepareExport,
} from "./export-file.ts";
export { get } from "./get.ts";
export { type ImportInput, importFile } from "./import-file.ts";
export { labelConfig } from "./label-config.ts";
export { search } from "./search.ts";
export { checkCondition } from "./searching.ts";
export { type TextsInput, textsIn } from "./texts-in.ts";
