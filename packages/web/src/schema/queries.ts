import { type Countersign, CountersignError } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The newest schema version; null before the first. */
export const newestSchema = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "schema"],
    queryFn: async ({ signal }) => {
      try {
        return await client.schemas.get({ project }, { signal });
      } catch (error) {
        if (error instanceof CountersignError && error.problem.type === "schema-missing")
          return null;
        throw error;
      }
    },
  });

/** All versions, newest first. */
export const schemaHistory = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "schema", "history"],
    queryFn: async ({ signal }) => (await client.schemas.history({ project }, { signal })).items,
  });
