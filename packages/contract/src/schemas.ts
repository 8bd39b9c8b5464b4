import { SchemaDocument, SchemaVersion } from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

/** The operations on schemas, by verb. */
export const schemas = {
  get: route({
    id: "schemas.get",
    method: "get",
    path: "/projects/{project}/schema",
    summary: "The newest schema version",
    params: ProjectParams,
    response: SchemaVersion,
    problems: ["project-not-found", "schema-missing"],
  }),

  set: route({
    id: "schemas.set",
    method: "put",
    path: "/projects/{project}/schema",
    summary: "Store a new schema version; an unchanged document stores nothing",
    params: ProjectParams,
    body: SchemaDocument,
    response: SchemaVersion.extend({ changed: z.boolean() }),
    problems: ["project-not-found", "schema-invalid"],
  }),

  history: route({
    id: "schemas.history",
    method: "get",
    path: "/projects/{project}/schema/history",
    summary: "All schema versions, newest first",
    params: ProjectParams,
    response: z.object({ items: z.array(SchemaVersion) }),
    problems: ["project-not-found"],
  }),
};
