export { comparedMetadata } from "./comparison.ts";
export { annotatorId, isFrom, matchingRecords } from "./condition.ts";
export { Refused } from "./export/refused.ts";
export { type ZipEntry, zipped } from "./export/zip.ts";
export {
  type Chunk,
  type ExportInput,
  type ExportProblem,
  exportFile,
  type PreparedExport,
  prepareExport,
} from "./export-file.ts";
export { get } from "./get.ts";
export { type ImportInput, importFile } from "./import-file.ts";
export { labelConfig } from "./label-config.ts";
export { checkValues, tooLarge } from "./metadata/fault.ts";
export { removeMetadata } from "./metadata/remove.ts";
export { setMetadata } from "./metadata/set.ts";
export { dropMetadataIndexes, indexMetadata } from "./metadata-index.ts";
export { inProject, matching } from "./page.ts";
export * from "./preview-file.ts";
export { referencedRecords } from "./referenced.ts";
export { remove } from "./remove.ts";
export { reviewLabels } from "./review-labels.ts";
export { search } from "./search.ts";
export { checkCondition, searchFault, searching } from "./searching.ts";
export { sortKeyOf } from "./sort-key.ts";
export { staying } from "./staying.ts";
export { type TextsInput, textsIn } from "./texts-in.ts";
export { type VectorsReport, vectorsFromMetadata } from "./vectors/from-metadata.ts";
