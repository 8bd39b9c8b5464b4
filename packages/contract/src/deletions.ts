import { Condition, Deletion, Lost } from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { PageQuery, pageOf, route } from "./route.ts";

/** What is being deleted, and what would be lost. Deleting itself is a verb of what is deleted. */
export const deletions = {
  preview: route({
    id: "deletions.preview",
    method: "post",
    path: "/projects/{project}/deletions/preview",
    summary:
      "What would go with the project, with one of its jobs, or with the records that a condition holds for; nothing is changed",
    params: ProjectParams,
    body: z.strictObject({
      job: z.int().optional(),
      where: Condition.optional(),
    }),
    response: Lost,
    problems: ["project-not-found", "job-not-found", "search-invalid"],
  }),

  list: route({
    id: "deletions.list",
    method: "get",
    path: "/deletions",
    summary: "Deletions, newest first; those that are done are forgotten after a day",
    query: PageQuery,
    response: pageOf(Deletion),
  }),

  get: route({
    id: "deletions.get",
    method: "get",
    path: "/deletions/{deletion}",
    summary: "One deletion and how far it is",
    params: z.object({ deletion: z.coerce.number<number>().int() }),
    response: Deletion,
    problems: ["deletion-not-found"],
  }),
};
