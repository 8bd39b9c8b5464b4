import type { Countersign } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The vectors of a project's records, by name. */
export const allEmbeddings = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "embeddings"],
    queryFn: async ({ signal }) => (await client.embeddings.list({ project }, { signal })).items,
  });
