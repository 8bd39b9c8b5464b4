import {
  Assignment,
  AssignmentDetail,
  AssignmentExtension,
  AssignmentName,
  NewAssignment,
  PersonName,
  RecordReference,
  Turn,
} from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { PageQuery, pageOf, route } from "./route.ts";

export const AssignmentParams = ProjectParams.extend({ assignment: AssignmentName });

/** The operations on assignments, by verb. */
export const assignments = {
  create: route({
    id: "assignments.create",
    method: "post",
    path: "/projects/{project}/assignments",
    summary: "Assign the records that a search finds now to people, in an order that stays",
    params: ProjectParams,
    body: NewAssignment,
    response: Assignment,
    problems: [
      "project-not-found",
      "schema-missing",
      "job-not-found",
      "label-not-in-schema",
      "search-invalid",
      "assignment-exists",
      "assignment-invalid",
    ],
  }),

  list: route({
    id: "assignments.list",
    method: "get",
    path: "/projects/{project}/assignments",
    summary: "Assignments and how far they are, by name",
    params: ProjectParams,
    query: PageQuery,
    response: pageOf(Assignment),
    problems: ["project-not-found"],
  }),

  get: route({
    id: "assignments.get",
    method: "get",
    path: "/projects/{project}/assignments/{assignment}",
    summary: "One assignment, who is how far, and who holds what",
    params: AssignmentParams,
    response: AssignmentDetail,
    problems: ["project-not-found", "assignment-not-found"],
  }),

  next: route({
    id: "assignments.next",
    method: "post",
    path: "/projects/{project}/assignments/{assignment}/next",
    summary:
      "What the caller works on now: the records in their hand, and where these are fewer than `count` the next ones; asking again gives the same, and keeps them from going back",
    params: AssignmentParams,
    body: z.strictObject({
      count: z.int().min(1).max(20).default(1),
      again: z
        .boolean()
        .default(false)
        .meta({ description: "Hand out again what the caller has passed over" }),
    }),
    response: Turn,
    problems: ["project-not-found", "assignment-not-found", "assignment-not-possible"],
  }),

  release: route({
    id: "assignments.release",
    method: "post",
    path: "/projects/{project}/assignments/{assignment}/release",
    summary: "Give back records that are held, so that others can have them",
    params: AssignmentParams,
    body: z.strictObject({
      person: PersonName.nullable().optional().meta({
        description: "Whose; the caller's if left out, everybody's if null",
      }),
      records: z.array(RecordReference).min(1).max(10_000).optional().meta({
        description: "Which of those that they hold; all if left out",
      }),
      skip: z.boolean().default(false).meta({
        description: "Pass them over: the caller is handed them again only when asking for it",
      }),
    }),
    response: z.object({ released: z.int() }),
    problems: [
      "project-not-found",
      "assignment-not-found",
      "assignment-not-possible",
      "record-not-found",
    ],
  }),

  extend: route({
    id: "assignments.extend",
    method: "post",
    path: "/projects/{project}/assignments/{assignment}/extend",
    summary: "Add records, change who may take part, or have each record done by more people",
    params: AssignmentParams,
    body: AssignmentExtension,
    response: Assignment.extend({ added: z.int() }),
    problems: ["project-not-found", "assignment-not-found", "assignment-invalid", "search-invalid"],
  }),

  close: route({
    id: "assignments.close",
    method: "post",
    path: "/projects/{project}/assignments/{assignment}/close",
    summary: "Hand out nothing more; what people hold goes back, what is done stays done",
    params: AssignmentParams,
    response: Assignment,
    problems: ["project-not-found", "assignment-not-found"],
  }),

  reopen: route({
    id: "assignments.reopen",
    method: "post",
    path: "/projects/{project}/assignments/{assignment}/reopen",
    summary: "Hand records out again",
    params: AssignmentParams,
    response: Assignment,
    problems: ["project-not-found", "assignment-not-found"],
  }),

  remove: route({
    id: "assignments.remove",
    method: "delete",
    path: "/projects/{project}/assignments/{assignment}",
    summary: "Delete an assignment; labels and verdicts that came of it stay",
    params: AssignmentParams,
    response: z.object({ name: AssignmentName, records: z.int() }),
    problems: ["project-not-found", "assignment-not-found"],
  }),
};
