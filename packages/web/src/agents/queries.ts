import type { Countersign, NewAgent } from "@countersign/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** The newest agents. */
export const agentList = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "agents"],
    queryFn: async ({ signal }) =>
      (await client.agents.list({ project, limit: 1000 }, { signal })).items,
  });

/** The prompts an agent would send for the records with these keys, or for the first ones. */
export function promptPreview(client: Countersign, project: string, agent: NewAgent, keys: string) {
  const named = keys
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  const chosen =
    named.length === 0 ? { records: 3 } : { keys: named, records: Math.min(20, named.length) };
  return queryOptions({
    queryKey: [project, "agents", "preview", agent, chosen],
    queryFn: ({ signal }) => client.agents.preview({ project, agent, ...chosen }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
