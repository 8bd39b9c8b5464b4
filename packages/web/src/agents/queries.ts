import type { Countersign, NewAgent } from "@countersign/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** The newest agents. */
export const agentList = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "agents"],
    queryFn: async ({ signal }) =>
      (await client.agents.list({ project, limit: 1000 }, { signal })).items,
  });

/** The prompts an agent would send for the first records. */
export const promptPreview = (client: Countersign, project: string, agent: NewAgent) =>
  queryOptions({
    queryKey: [project, "agents", "preview", agent],
    queryFn: ({ signal }) => client.agents.preview({ project, agent, records: 3 }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
