import { Renames, SchemaChange, SchemaDocument, SchemaVersion } from "@countersign/core";
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
    summary:
      "Store a new schema version and map the labels whose options it renames; an unchanged document stores nothing",
    params: ProjectParams,
    body: SchemaDocument.safeExtend({
      rename: Renames.optional().meta({
        description:
          "Label name → former option value → present one, against the newest version; labels that people and jobs gave are mapped so",
      }),
      orphan: z.boolean().optional().meta({
        description:
          "Labels that the new schema has no place for may be left behind; without it they are counted and the schema is refused",
      }),
    }),
    response: SchemaVersion.extend({
      changed: z.boolean(),
      mapped: z.int().meta({ description: "Labels that say a renamed option's new value now" }),
      orphaned: z.int().meta({
        description: "Labels left behind: they keep their value and the version they are of",
      }),
    }),
    problems: ["project-not-found", "schema-invalid", "labels-in-use", "label-at-work"],
  }),

  history: route({
    id: "schemas.history",
    method: "get",
    path: "/projects/{project}/schema/history",
    summary: "All schema versions with what each changed, newest first",
    params: ProjectParams,
    response: z.object({
      items: z.array(
        SchemaVersion.extend({
          changes: z
            .array(SchemaChange)
            .meta({ description: "Against the version before, in words" }),
        }),
      ),
    }),
    problems: ["project-not-found"],
  }),
};
