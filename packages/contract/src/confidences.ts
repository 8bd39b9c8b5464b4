import {
  ConfidenceChange,
  ConfidenceMethod,
  Confidences,
  GivenConfidence,
} from "@countersign/core";
import { z } from "zod";
import { JobParams } from "./jobs.ts";
import { route } from "./route.ts";

const LabelsParams = JobParams.extend({
  label: z.string().meta({ description: "The labels' name" }),
});

const problems = ["project-not-found", "job-not-found", "label-not-in-schema"] as const;

/** The operations on the confidences of a job's labels, by verb. */
export const confidences = {
  list: route({
    id: "confidences.list",
    method: "get",
    path: "/projects/{project}/jobs/{job}/confidences/{label}",
    summary: "By which methods a job's labels have a confidence, and which of them are in force",
    params: LabelsParams,
    response: Confidences,
    problems,
  }),

  choose: route({
    id: "confidences.choose",
    method: "put",
    path: "/projects/{project}/jobs/{job}/confidences/{label}",
    summary:
      "Put another method in force, for some 20,000 labels: while `next` is not null, pass it as `after`",
    params: LabelsParams,
    body: z.strictObject({ method: ConfidenceMethod, after: z.string().optional() }),
    response: ConfidenceChange,
    problems: [...problems, "confidence-not-possible"],
  }),

  agree: route({
    id: "confidences.agree",
    method: "post",
    path: "/projects/{project}/jobs/{job}/confidences/{label}/agreement",
    summary:
      "Take the share of jobs that say the same as confidence, for some 20,000 labels: while `next` is not null, pass it as `after`",
    params: LabelsParams,
    body: z.strictObject({
      with: z
        .array(z.int())
        .min(1)
        .max(50)
        .meta({ description: "Jobs of other agents over the same records" }),
      after: z.string().optional(),
    }),
    response: ConfidenceChange,
    problems: [...problems, "confidence-not-possible"],
  }),

  give: route({
    id: "confidences.give",
    method: "post",
    path: "/projects/{project}/jobs/{job}/confidences/{label}/values",
    summary: "Put confidences in force that you worked out yourself, all of them or none",
    params: LabelsParams,
    body: z.strictObject({
      method: z
        .templateLiteral(["user:", z.string().regex(/^[\w.-]{1,60}$/)])
        .meta({ description: "What to call your way of working it out, such as user:margin" }),
      values: z.array(GivenConfidence).min(1).max(10_000),
    }),
    response: ConfidenceChange,
    problems: [...problems, "confidence-not-possible"],
  }),
};
