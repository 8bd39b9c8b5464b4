import { NewSample, NewSubset, Subset, SubsetName } from "@countersign/core";
import { ProjectParams } from "./projects.ts";
import { PageQuery, pageOf, route } from "./route.ts";

const SubsetParams = ProjectParams.extend({ subset: SubsetName });

/** The operations on subsets, by verb. Their records are found by a search for `{"subset": NAME}`. */
export const subsets = {
  create: route({
    id: "subsets.create",
    method: "post",
    path: "/projects/{project}/subsets",
    summary: "Save a search, or freeze the records that it finds now, in its order",
    params: ProjectParams,
    body: NewSubset,
    response: Subset,
    problems: ["project-not-found", "subset-exists", "search-invalid"],
  }),

  sample: route({
    id: "subsets.sample",
    method: "post",
    path: "/projects/{project}/subsets/sample",
    summary: "Draw a sample, by strata if asked, and freeze it with how it was drawn",
    params: ProjectParams,
    body: NewSample,
    response: Subset,
    problems: ["project-not-found", "subset-exists", "search-invalid"],
  }),

  list: route({
    id: "subsets.list",
    method: "get",
    path: "/projects/{project}/subsets",
    summary: "A project's subsets, by name",
    params: ProjectParams,
    query: PageQuery,
    response: pageOf(Subset),
    problems: ["project-not-found"],
  }),

  get: route({
    id: "subsets.get",
    method: "get",
    path: "/projects/{project}/subsets/{subset}",
    summary: "One subset",
    params: SubsetParams,
    response: Subset,
    problems: ["project-not-found", "subset-not-found"],
  }),

  remove: route({
    id: "subsets.remove",
    method: "delete",
    path: "/projects/{project}/subsets/{subset}",
    summary: "Delete a subset; its records stay",
    params: SubsetParams,
    response: Subset,
    problems: ["project-not-found", "subset-not-found", "subset-in-use"],
  }),
};
