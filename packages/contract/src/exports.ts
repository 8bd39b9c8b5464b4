import { Export, ExportOptions, exportFiles } from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { PageQuery, pageOf, route } from "./route.ts";

const ExportParams = ProjectParams.extend({ export: z.coerce.number<number>().int() });

/** Files of records that are written in the background, by verb. */
export const exports = {
  create: route({
    id: "exports.create",
    method: "post",
    path: "/projects/{project}/exports",
    summary: "Have a file of records written in the background; it is kept for a week",
    params: ProjectParams,
    body: ExportOptions,
    response: Export,
    problems: ["project-not-found", "search-invalid", "job-not-found", "export-not-possible"],
  }),

  list: route({
    id: "exports.list",
    method: "get",
    path: "/projects/{project}/exports",
    summary: "Exports, newest first",
    params: ProjectParams,
    query: PageQuery,
    response: pageOf(Export),
    problems: ["project-not-found"],
  }),

  get: route({
    id: "exports.get",
    method: "get",
    path: "/projects/{project}/exports/{export}",
    summary: "One export and how far it is",
    params: ExportParams,
    response: Export,
    problems: ["project-not-found", "export-not-found"],
  }),

  cancel: route({
    id: "exports.cancel",
    method: "post",
    path: "/projects/{project}/exports/{export}/cancel",
    summary: "Stop an export; one that is finished is left as it is",
    params: ExportParams,
    response: Export,
    problems: ["project-not-found", "export-not-found"],
  }),

  remove: route({
    id: "exports.remove",
    method: "delete",
    path: "/projects/{project}/exports/{export}",
    summary: "Have an export's file go now",
    params: ExportParams,
    response: z.object({ removed: z.int() }),
    problems: ["project-not-found", "export-not-found"],
  }),

  file: route({
    id: "exports.file",
    method: "get",
    path: "/projects/{project}/exports/{export}/file",
    summary: "The file of an export that is done",
    params: ExportParams,
    response: z.string(),
    responseMedia: Object.values(exportFiles).map(({ media }) => media),
    problems: ["project-not-found", "export-not-found", "export-not-possible"],
  }),
};
