import { Deletion, Project, ProjectName } from "@countersign/core";
import { z } from "zod";
import { PageQuery, pageOf, route } from "./route.ts";

export const ProjectParams = z.object({ project: ProjectName });

/** The operations on projects, by verb. */
export const projects = {
  list: route({
    id: "projects.list",
    method: "get",
    path: "/projects",
    summary: "Projects, by name",
    query: PageQuery,
    response: pageOf(Project),
  }),

  create: route({
    id: "projects.create",
    method: "post",
    path: "/projects",
    summary: "Create a project",
    body: z.strictObject({ name: ProjectName }),
    response: Project,
    problems: ["project-exists"],
  }),

  get: route({
    id: "projects.get",
    method: "get",
    path: "/projects/{project}",
    summary: "One project",
    params: ProjectParams,
    response: Project,
    problems: ["project-not-found"],
  }),

  remove: route({
    id: "projects.remove",
    method: "delete",
    path: "/projects/{project}",
    summary:
      "Delete a project and everything in it, for good: out of sight at once, its rows go in the background",
    params: ProjectParams,
    response: Deletion,
    problems: ["project-not-found"],
  }),
};
