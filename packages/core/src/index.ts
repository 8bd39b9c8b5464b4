export * from "./agent/agent.ts";
export * from "./assignment/assignment.ts";
export * from "./assignment/name.ts";
export * from "./backup/backup.ts";
export * from "./confidence/confidences.ts";
export { type Consistency, consistency } from "./confidence/consistency.ts";
export {
  labelTokenProbability,
  type TokenEvidence,
} from "./confidence/label-token-probability.ts";
export { compileSureness, type SureReply } from "./confidence/sureness.ts";
export * from "./confidence/token.ts";
export * from "./deletion/deletion.ts";
export * from "./embedding/embedding.ts";
export * from "./evaluation/disagreement.ts";
export { type Agreement, type Evaluated, evaluate, type ValuePair } from "./evaluation/evaluate.ts";
export * from "./evaluation/evaluation.ts";
export { type KindMeasures, type Measuring, measuring } from "./evaluation/measures.ts";
export { wilson } from "./evaluation/wilson.ts";
export * from "./export/export.ts";
export { compileExtraction } from "./extraction/compile.ts";
export * from "./extraction/reading.ts";
export * from "./job/budget.ts";
export * from "./job/estimate.ts";
export * from "./job/job.ts";
export * from "./job/live.ts";
export * from "./job/reason.ts";
export * from "./job/reextraction.ts";
export * from "./job/report.ts";
export * from "./job/stages.ts";
export { countedAs, countedValues } from "./label/counted.ts";
export * from "./label/final.ts";
export * from "./label/label.ts";
export * from "./label/reply.ts";
export { saidIn } from "./label/said.ts";
export { isInCharacter, quotedSpans } from "./label/spans.ts";
export { standingVerdict } from "./label/standing.ts";
export * from "./label/summary.ts";
export { canonicalValue, readValue, sameValue, valueKey } from "./label/value.ts";
export {
  anySpan,
  isStars,
  labelConfig,
  labelStudioText,
  spanFactName,
} from "./label-studio/label-config.ts";
export { hasBatches } from "./model/batches.ts";
export { ModelCapabilities } from "./model/capabilities.ts";
export {
  EmbeddingModel,
  interfaceOf,
  ModelConfiguration,
  type ModelInterface,
} from "./model/configuration.ts";
export { capabilitiesOf } from "./model/known.ts";
export { acceptedParameters, checkParameters } from "./model/parameters.ts";
export * from "./problem.ts";
export * from "./project/project.ts";
export { defaultPrompt } from "./prompt/default.ts";
export { type Example, WrittenExample, writeExample } from "./prompt/examples.ts";
export { refinePrompt } from "./prompt/refine.ts";
export { type ReplyFormat, writeReply } from "./prompt/reply.ts";
export { type ReplyStructure, replyStructure } from "./prompt/structure.ts";
export {
  checkTemplate,
  literally,
  type ParsedTemplate,
  type Prompt,
  type PromptInput,
  parseTemplate,
  renderPrompt,
} from "./prompt/template.ts";
export * from "./record/chat.ts";
export { type Beginning, guessLabel, guessMapping, isTelling } from "./record/guess-mapping.ts";
export * from "./record/import.ts";
export * from "./record/metadata.ts";
export * from "./record/metadata-cell.ts";
export * from "./record/record.ts";
export * from "./record/reference.ts";
export * from "./result.ts";
export * from "./schema/colour.ts";
export { diffSchemas, kindWords, SchemaChange, sameSchema } from "./schema/diff-schemas.ts";
export { matchOption } from "./schema/match-option.ts";
export { readSchema } from "./schema/read-schema.ts";
export { faultInRenames, renamedValue } from "./schema/rename.ts";
export { Renames } from "./schema/renames.ts";
export { longestRating, onScale, ratingOf, scaleOf } from "./schema/scale.ts";
export * from "./schema/schema.ts";
export {
  type SchemaForm,
  schemaForms,
  type WrittenSchema,
  writeSchema,
} from "./schema/write-schema.ts";
export * from "./search/annotator.ts";
export {
  type Bounds,
  type Comparison,
  comparedValue,
  longestCompared,
  MetadataComparisons,
  type MomentBounds,
  type Ordering,
  orderings,
  type Scalar,
} from "./search/comparison.ts";
export * from "./search/condition.ts";
export {
  evaluateSearch,
  firstSimilar,
  type SearchedItem,
  type SearchedLabel,
  type SearchedProject,
  type SearchedRecord,
} from "./search/evaluate.ts";
export { Keyword, keywordParts } from "./search/keyword.ts";
export { momentOf } from "./search/moment.ts";
export { requiredTexts } from "./search/required-text.ts";
export { Says } from "./search/says.ts";
export * from "./search/search.ts";
export { cosine, leastSimilarity, mostAlike, type Scored } from "./search/similarity.ts";
export * from "./search/sort.ts";
export { type Among, type Enough, tellingTerms } from "./search/telling-terms.ts";
export { allocate } from "./subset/allocate.ts";
export { SubsetName } from "./subset/name.ts";
export * from "./subset/subset.ts";
export { fold } from "./text/fold.ts";
