import {
  ColumnMapping,
  FileReading,
  Import,
  ImportPreview,
  ImportReport,
  ImportRules,
  RejectedRow,
} from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { fileName } from "./records.ts";
import { PageQuery, pageOf, route } from "./route.ts";

const ImportParams = ProjectParams.extend({ import: z.coerce.number<number>().int() });
const notFound = ["project-not-found", "import-not-found"] as const;

/**
 * Files that come in parts: create, send the parts, look at what came, commit. An upload that breaks off goes on where the
 * server has it.
 */
export const imports = {
  create: route({
    id: "imports.create",
    method: "post",
    path: "/projects/{project}/imports",
    summary: "Begin to send a file, or find where sending it broke off",
    params: ProjectParams,
    body: z.strictObject({
      name: fileName,
      size: z.int().min(0).meta({ description: "Bytes of the whole file" }),
      fingerprint: z.string().min(1).max(200).optional().meta({
        description:
          "What the sender knows the file by, its SHA-256 perhaps; the same again finds the import that is not done",
      }),
    }),
    response: Import,
    problems: notFound,
  }),

  fetch: route({
    id: "imports.fetch",
    method: "post",
    path: "/projects/{project}/imports/fetch",
    summary: "Have the server download a file from an https address; off for tokens unless allowed",
    params: ProjectParams,
    body: z.strictObject({ url: z.string().min(1).max(4000) }),
    response: Import,
    problems: [...notFound, "url-not-allowed", "download-failed"],
  }),

  list: route({
    id: "imports.list",
    method: "get",
    path: "/projects/{project}/imports",
    summary: "What was imported, is coming in, or was refused, newest first",
    params: ProjectParams,
    query: PageQuery,
    response: pageOf(Import),
    problems: ["project-not-found"],
  }),

  get: route({
    id: "imports.get",
    method: "get",
    path: "/projects/{project}/imports/{import}",
    summary: "One import: how much of it is here, or what came of it",
    params: ImportParams,
    response: Import,
    problems: notFound,
  }),

  part: route({
    id: "imports.part",
    method: "put",
    path: "/projects/{project}/imports/{import}/parts",
    summary: "The next part of the file as the request's body, 16 MB at most",
    params: ImportParams,
    query: z.object({
      offset: z.int().min(0).meta({ description: "Where in the file it begins" }),
    }),
    bodyMedia: ["application/octet-stream"],
    response: Import,
    problems: [...notFound, "import-part-misplaced"],
  }),

  preview: route({
    id: "imports.preview",
    method: "post",
    path: "/projects/{project}/imports/{import}/preview",
    summary: "The beginning of what came, and how it would be imported",
    params: ImportParams,
    body: FileReading,
    response: ImportPreview,
    problems: notFound,
  }),

  commit: route({
    id: "imports.commit",
    method: "post",
    path: "/projects/{project}/imports/{import}/commit",
    summary: "Import what came: all of its rows that the rules take, or none",
    params: ImportParams,
    body: z.strictObject({
      ...FileReading.shape,
      mapping: ColumnMapping,
      ...ImportRules.shape,
    }),
    response: ImportReport,
    problems: [...notFound, "import-incomplete", "schema-missing", "import-rejected"],
  }),

  rejections: route({
    id: "imports.rejections",
    method: "get",
    path: "/projects/{project}/imports/{import}/rejections",
    summary: "Every row that could not be taken, with its reason, as a stream",
    params: ImportParams,
    query: z.object({ format: z.enum(["csv", "jsonl"]).default("csv") }),
    response: RejectedRow,
    responseMedia: ["text/csv", "application/x-ndjson"],
    problems: notFound,
  }),

  remove: route({
    id: "imports.remove",
    method: "delete",
    path: "/projects/{project}/imports/{import}",
    summary: "Give an import up, or forget it; records that it brought stay",
    params: ImportParams,
    response: z.object({ id: z.int() }),
    problems: [...notFound, "import-incomplete"],
  }),
};
