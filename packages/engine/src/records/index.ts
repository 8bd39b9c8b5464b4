export { matchingRecords } from "./condition.ts";
export { type ImportInput, importFile } from "./import-file.ts";
export { checkCondition } from "./searching.ts";
