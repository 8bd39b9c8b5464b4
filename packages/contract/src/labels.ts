import {
  ImportedModel,
  Label,
  LabelChange,
  LabelReply,
  LabelSummary,
  LabelValue,
  MetadataChange,
  RecordReference,
} from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

/** What a person says of a record. */
export const OwnLabel = z
  .strictObject({
    record: RecordReference,
    name: z.string(),
    value: LabelValue.nullable().meta({
      description: "null takes the person's last word back; the one before stands again",
    }),
    seen: z.iso.datetime().nullable().optional().meta({
      description:
        "The moment of the person's own label that they saw, null for none; where another stands by now, nothing is stored. Left out: stored whatever stands",
    }),
  })
  .meta({ id: "OwnLabel" });
export type OwnLabel = z.infer<typeof OwnLabel>;

/** How many things were changed, and how many were so already. */
export const Changed = z.object({ changed: z.int(), unchanged: z.int() });

/** The operations on labels, by verb. */
export const labels = {
  models: route({
    id: "labels.models",
    method: "get",
    path: "/projects/{project}/models",
    summary: "The models whose labels came with files, with how many labels each gave",
    params: ProjectParams,
    response: z.object({ models: z.array(ImportedModel) }),
    problems: ["project-not-found"],
  }),

  modelSummary: route({
    id: "labels.modelSummary",
    method: "get",
    path: "/projects/{project}/models/{model}/labels/{label}",
    summary: "An imported model's labels of one name, counted by status, value and confidence",
    params: ProjectParams.extend({ model: z.string(), label: z.string() }),
    response: LabelSummary,
    problems: ["project-not-found"],
  }),

  set: route({
    id: "labels.set",
    method: "post",
    path: "/projects/{project}/labels",
    summary: "Store labels of the caller's own: all of them, or none",
    params: ProjectParams,
    body: z.strictObject({
      labels: z.array(OwnLabel).min(1).max(10_000),
      assignment: z
        .string()
        .optional()
        .meta({ description: "The assignment that the records are done for" }),
    }),
    response: z.object({
      labels: z
        .array(Label.nullable())
        .meta({ description: "How each stands now; null where none does" }),
      changes: z.array(LabelChange),
    }),
    problems: [
      "project-not-found",
      "schema-missing",
      "record-not-found",
      "label-not-in-schema",
      "label-invalid",
      "label-outdated",
      "assignment-not-found",
      "assignment-not-possible",
    ],
  }),

  setMetadata: route({
    id: "labels.setMetadata",
    method: "post",
    path: "/projects/{project}/labels/metadata",
    summary: "Set and remove users' own metadata of labels: all of it, or none",
    params: ProjectParams,
    body: z.strictObject({
      entries: z
        .array(MetadataChange.extend({ label: z.int() }))
        .min(1)
        .max(10_000),
    }),
    response: Changed,
    problems: ["project-not-found", "label-not-found", "metadata-invalid"],
  }),

  reply: route({
    id: "labels.reply",
    method: "get",
    path: "/projects/{project}/labels/{label}/reply",
    summary: "The prompt and the reply that a job's label came from",
    params: ProjectParams.extend({ label: z.coerce.number<number>().int() }),
    response: LabelReply,
    problems: ["project-not-found", "label-not-found"],
  }),
};
