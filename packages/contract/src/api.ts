import { agents } from "./agents.ts";
import { assignments } from "./assignments.ts";
import { backups } from "./backups.ts";
import { confidences } from "./confidences.ts";
import { deletions } from "./deletions.ts";
import { embeddings } from "./embeddings.ts";
import { evaluations } from "./evaluations.ts";
import { exports } from "./exports.ts";
import { imports } from "./imports.ts";
import { jobs } from "./jobs.ts";
import { labels } from "./labels.ts";
import { projects } from "./projects.ts";
import { records } from "./records.ts";
import type { Route } from "./route.ts";
import { schemas } from "./schemas.ts";
import { server } from "./server.ts";
import { subsets } from "./subsets.ts";
import { tokens } from "./tokens.ts";
import { verifications } from "./verifications.ts";

/** Where the API lies on a server; routes' paths are relative to it. */
export const apiRoot = "/api/v1";

/** The whole HTTP API by noun and verb: `api.projects.create` is the route with the id `projects.create`. */
export const api = {
  projects,
  schemas,
  records,
  imports,
  subsets,
  agents,
  jobs,
  labels,
  confidences,
  verifications,
  assignments,
  embeddings,
  evaluations,
  exports,
  deletions,
  backups,
  tokens,
  server,
} as const;

/** The same routes as one list. */
export const routes: readonly Route[] = Object.values(api).flatMap((noun): Route[] =>
  Object.values(noun),
);
