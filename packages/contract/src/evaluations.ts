import { AnnotatorReference, Condition, Disagreement, Evaluation } from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

/** The operations on evaluations, by verb. */
export const evaluations = {
  compare: route({
    id: "evaluations.compare",
    method: "post",
    path: "/projects/{project}/compare",
    summary: "Measure the labels of a job, a person or a model against the truth",
    params: ProjectParams,
    body: z.strictObject({
      job: z.int().optional().meta({ description: "The job whose labels are measured" }),
      of: z
        .union([z.strictObject({ person: z.string() }), z.strictObject({ model: z.string() })])
        .optional()
        .meta({
          description:
            "Whose labels are measured in place of a job's: a person's own, or a model's that came with a file",
        }),
      label: z
        .string()
        .optional()
        .meta({ description: "May be left out where there is one label to be measured" }),
      gold: z
        .string()
        .optional()
        .meta({ description: "An imported column with the truth; the gold labels if left out" }),
      person: z
        .string()
        .optional()
        .meta({ description: "A person whose own labels are the truth, in place of gold" }),
    }),
    response: Evaluation,
    problems: ["project-not-found", "job-not-found", "compare-not-possible"],
  }),

  disagreement: route({
    id: "evaluations.disagreement",
    method: "post",
    path: "/projects/{project}/disagreement",
    summary: "Who disagrees with whom on a label: agreement and kappa of every two annotators",
    params: ProjectParams,
    body: z.strictObject({
      label: z.string(),
      among: z
        .array(AnnotatorReference)
        .min(1)
        .max(100)
        .optional()
        .meta({ description: "Between whom; anybody but gold if left out" }),
      where: Condition.optional().meta({ description: "On which records; all if left out" }),
    }),
    response: Disagreement,
    problems: ["project-not-found", "search-invalid", "compare-not-possible"],
  }),
};
