export type {
  Decision,
  ExportedRecord,
  NewAgent,
  NewJob,
  OwnLabel,
  Token,
} from "@countersign/contract";
export type {
  Annotate,
  AnnotateInput,
  AnnotateLabelsInput,
  AnnotateProgress,
  LabelOfRecord,
  MetadataValue,
} from "./annotate.ts";
export type { ConfidenceFunction, ItemLabel } from "./confidences.ts";
export { Countersign } from "./countersign.ts";
export { type ClientProblem, CountersignError, type ErrorType } from "./error.ts";
export type { CallOptions, FileBody, Options } from "./transport.ts";
