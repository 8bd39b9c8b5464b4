export type {
  Decision,
  ExportedRecord,
  LabelSummary,
  NewAgent,
  NewJob,
  Token,
} from "@countersign/contract";
export type { ConfidenceFunction, ItemLabel } from "./confidences.ts";
export { Countersign } from "./countersign.ts";
export { type ClientProblem, CountersignError, type ErrorType } from "./error.ts";
export type { CallOptions, FileBody, Options } from "./transport.ts";
