import {
  Embedding,
  EmbeddingContent,
  EmbeddingEstimate,
  EmbeddingName,
  NewEmbedding,
} from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

const EmbeddingParams = ProjectParams.extend({ name: EmbeddingName });

/** Vectors of records, imported or computed in the background, by verb. */
export const embeddings = {
  create: route({
    id: "embeddings.create",
    method: "post",
    path: "/projects/{project}/embeddings",
    summary: "Have a model make vectors of records' texts in the background",
    params: ProjectParams,
    body: NewEmbedding,
    response: Embedding,
    problems: [
      "project-not-found",
      "embedding-not-found",
      "embedding-exists",
      "agent-invalid",
      "search-invalid",
    ],
  }),

  estimate: route({
    id: "embeddings.estimate",
    method: "post",
    path: "/projects/{project}/embeddings/estimate",
    summary: "What vectors will take in tokens and money, before anything is asked",
    params: ProjectParams,
    body: EmbeddingContent,
    response: EmbeddingEstimate,
    problems: ["project-not-found", "search-invalid"],
  }),

  list: route({
    id: "embeddings.list",
    method: "get",
    path: "/projects/{project}/embeddings",
    summary: "All vectors of a project by name, imported and computed",
    params: ProjectParams,
    response: z.object({ items: z.array(Embedding) }),
    problems: ["project-not-found"],
  }),

  get: route({
    id: "embeddings.get",
    method: "get",
    path: "/projects/{project}/embeddings/{name}",
    summary: "Vectors of a name, and how far computing them is",
    params: EmbeddingParams,
    response: Embedding,
    problems: ["project-not-found", "embedding-not-found"],
  }),

  cancel: route({
    id: "embeddings.cancel",
    method: "post",
    path: "/projects/{project}/embeddings/{name}/cancel",
    summary: "Stop computing; vectors that are there stay",
    params: EmbeddingParams,
    response: Embedding,
    problems: ["project-not-found", "embedding-not-found"],
  }),

  resume: route({
    id: "embeddings.resume",
    method: "post",
    path: "/projects/{project}/embeddings/{name}/resume",
    summary: "Compute what is missing, for new and changed records too",
    params: EmbeddingParams,
    response: Embedding,
    problems: ["project-not-found", "embedding-not-found", "embedding-not-possible"],
  }),

  remove: route({
    id: "embeddings.remove",
    method: "delete",
    path: "/projects/{project}/embeddings/{name}",
    summary: "Delete the vectors of a name",
    params: EmbeddingParams,
    response: z.object({ removed: z.int() }),
    problems: ["project-not-found", "embedding-not-found"],
  }),
};
