import { Evaluation } from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

/** The operations on evaluations, by verb. */
export const evaluations = {
  compare: route({
    id: "evaluations.compare",
    method: "post",
    path: "/projects/{project}/compare",
    summary: "Measure a job's labels against the truth",
    params: ProjectParams,
    body: z.strictObject({
      job: z.int(),
      label: z
        .string()
        .optional()
        .meta({ description: "May be left out where the job has one label" }),
      gold: z
        .string()
        .optional()
        .meta({ description: "An imported column with the truth; the gold labels if left out" }),
    }),
    response: Evaluation,
    problems: ["project-not-found", "job-not-found", "compare-not-possible"],
  }),
};
