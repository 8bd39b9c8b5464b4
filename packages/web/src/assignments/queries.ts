import type { Countersign } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

/** All assignments, by name; what people do moves them. */
export const assignmentList = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "assignments"],
    queryFn: async ({ signal }) => {
      const items = [];
      for await (const item of client.assignments.all({ project }, { signal })) items.push(item);
      return items;
    },
    refetchInterval: 10_000,
  });

/** One assignment with who is how far and who holds what. */
export const oneAssignment = (client: Countersign, project: string, assignment: string) =>
  queryOptions({
    queryKey: [project, "assignments", assignment],
    queryFn: ({ signal }) => client.assignments.get({ project, assignment }, { signal }),
    refetchInterval: 5_000,
  });

/** In whose name requests are made. */
export const whoAmI = (client: Countersign) =>
  queryOptions({
    queryKey: ["whoami"],
    queryFn: ({ signal }) => client.server.whoami({}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
