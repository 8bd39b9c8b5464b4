import type { Countersign } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

export const projectList = (client: Countersign) =>
  queryOptions({
    queryKey: ["projects"],
    queryFn: async ({ signal }) => (await client.projects.list({ limit: 1000 }, { signal })).items,
  });

export const oneProject = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "project"],
    queryFn: ({ signal }) => client.projects.get({ project }, { signal }),
  });
