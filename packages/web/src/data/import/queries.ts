import type { Import } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** Under it the lists of a project's imports are kept. */
export const importsKey = (project: string) => [project, "imports"];

/** So many imports, the newest first; asked for anew while one of them moves. */
export const newestImports = (client: Countersign, project: string, most: number) =>
  queryOptions({
    queryKey: [...importsKey(project), most],
    queryFn: async ({ signal }) => {
      const newest: Import[] = [];
      for await (const one of client.imports.list({ project, limit: most }, { signal })) {
        newest.push(one);
        if (newest.length === most) break;
      }
      return newest;
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 2_000 : false),
  });

const isMoving = ({ state }: Import): boolean => state === "importing" || state === "receiving";
