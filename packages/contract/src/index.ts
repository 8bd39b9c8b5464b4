export type { NewAgent } from "./agents.ts";
export { api, apiRoot, routes } from "./api.ts";
export type { NewJob } from "./jobs.ts";
export type { OwnLabel } from "./labels.ts";
export { ProblemDocument, problemType, problemUrn } from "./problem-document.ts";
export { decodeQuery, encodeQuery, isText } from "./query.ts";
export type { ExportedRecord } from "./records.ts";
export type {
  Fields,
  Route,
  RouteInput,
  RouteOutput,
  RouteRequest,
  StreamMedia,
} from "./route.ts";
export type { Token } from "./tokens.ts";
export type { Decision } from "./verifications.ts";
